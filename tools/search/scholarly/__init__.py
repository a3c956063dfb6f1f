"""Search the indexes of research papers."""
