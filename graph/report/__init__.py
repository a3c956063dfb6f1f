"""Compose a report from state and stored texts."""
