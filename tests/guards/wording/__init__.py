"""Tests of guards.wording."""
