"""Compose the report of a run."""
