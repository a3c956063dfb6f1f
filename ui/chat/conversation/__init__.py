"""Take messages, files and decisions of a conversation."""
