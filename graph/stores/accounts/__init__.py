"""Keep accounts, their tokens and sessions."""
