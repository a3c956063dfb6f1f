"""Prove what tools promise."""
