"""Keep conversations."""
