"""Prove what the doctor says of an installation."""
