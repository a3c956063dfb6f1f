"""Tests of the chat in a real browser, on the embedded default: no key, SQLite."""
