"""Tests of `tools/models/embedding`."""
