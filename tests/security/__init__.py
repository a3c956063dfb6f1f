"""Prove what holds against each attack, grouped as SECURITY.md is."""
