"""Chainlit in this server."""
