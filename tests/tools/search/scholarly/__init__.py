"""Tests of tools/search/scholarly."""
