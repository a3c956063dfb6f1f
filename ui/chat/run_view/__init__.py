"""Show a run in the chat while it works."""
