"""Manage accounts, logins, sessions and permissions."""
