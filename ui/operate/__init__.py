"""Check and operate an installation."""
