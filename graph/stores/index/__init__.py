"""Index passages by their words."""
