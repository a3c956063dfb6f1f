"""Prove what the measurements measure."""
