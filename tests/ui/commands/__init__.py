"""Prove what a person sees and gets."""
