"""Nodes as plain calls."""
