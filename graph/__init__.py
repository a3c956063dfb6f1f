"""Hold what flows, what survives and how it is arranged."""
