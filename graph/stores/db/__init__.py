"""Read and write a database, SQLite or PostgreSQL."""
