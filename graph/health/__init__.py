"""Check whether an installation can work."""
