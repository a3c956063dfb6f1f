"""Prove that the stores keep what they reported as kept."""
