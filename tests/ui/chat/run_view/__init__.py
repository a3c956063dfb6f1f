"""A run on the screen."""
