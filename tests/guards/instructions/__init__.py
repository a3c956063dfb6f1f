"""Tests of guards.instructions."""
