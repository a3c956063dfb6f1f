"""Prove what the architecture promises."""
