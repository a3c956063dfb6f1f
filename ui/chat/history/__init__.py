"""Keep and resume conversations."""
