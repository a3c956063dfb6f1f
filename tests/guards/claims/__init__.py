"""Tests of guards.claims."""
