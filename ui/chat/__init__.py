"""The chat: ask, watch, decide, operate."""
