"""Prove what an operator is shown and may set."""
