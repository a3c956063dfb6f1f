"""Prove what the graph promises."""
