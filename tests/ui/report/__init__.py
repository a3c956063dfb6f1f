"""Prove that a report which verifies says what its sources say."""
