"""Test the engine that answers when there is no model key."""
