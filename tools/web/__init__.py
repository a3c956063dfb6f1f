"""Search the web."""
