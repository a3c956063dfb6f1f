"""Test retrieval."""
