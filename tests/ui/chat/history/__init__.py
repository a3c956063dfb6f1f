"""Prove that a chat is stored whole, and shown to its owner alone."""
