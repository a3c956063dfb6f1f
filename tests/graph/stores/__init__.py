"""Tests of `graph/stores`."""
