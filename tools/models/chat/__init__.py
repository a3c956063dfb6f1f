"""Chat models as tools: each call takes the single path that every call takes."""
