"""Tests of `tools/statements`."""
