"""Tests of guards.policy."""
