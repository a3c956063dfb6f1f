"""The accounts and the HTTP API."""
