"""Prove what a person sees at a terminal."""
