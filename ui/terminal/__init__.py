"""Show runs at a terminal, and ask a person."""
