"""Fit Chainlit into this server."""
