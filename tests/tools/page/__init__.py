"""Fetching pages."""
