"""Tests of tools/search/web."""
