"""Tests of `tools/models`."""
