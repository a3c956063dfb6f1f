"""Open a database, SQLite or PostgreSQL, and write to it."""
