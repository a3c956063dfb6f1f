"""Provide plain methods to compare the product with."""
