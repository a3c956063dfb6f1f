"""Store accounts, their tokens and their sessions."""
