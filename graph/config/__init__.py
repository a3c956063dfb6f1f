"""Read settings, from the environment and from files."""
