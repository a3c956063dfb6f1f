"""Decide: each guard answers one question."""
