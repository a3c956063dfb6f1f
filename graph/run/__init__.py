"""Execute runs."""
