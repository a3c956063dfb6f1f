"""Search where people who build things talk."""
