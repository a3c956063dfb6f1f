"""Speak with a person at a terminal."""
