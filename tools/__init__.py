"""Reach the world: a tool is a noun."""
