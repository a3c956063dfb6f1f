"""Prove what guards promise."""
