"""Decide: a guard is a question."""
