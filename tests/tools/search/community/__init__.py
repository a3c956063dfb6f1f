"""Tests of tools/search/community."""
