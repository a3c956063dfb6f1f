"""Store conversations."""
