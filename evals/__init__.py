"""Measure the product on data and under load."""
