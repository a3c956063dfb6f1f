"""Examine and operate an installation."""
