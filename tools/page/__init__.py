"""Fetch one page of the web, from nowhere but the public Internet."""
