"""Asking services over HTTP, and making sources of what they found."""
