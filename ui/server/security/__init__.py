"""Check every request and socket event of a server."""
