"""Stand in for the world: real behaviour, small enough to read."""
