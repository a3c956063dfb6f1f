"""What stands in front of every route and socket event of the server."""
