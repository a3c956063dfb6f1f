"""Fit a query to the service that is asked."""

from __future__ import annotations


def shorten_query(query: str, *, characters: int, words: int | None = None) -> str:
    """Return the first words of a query: at most so many, and so many characters."""
    kept = " ".join(query.split()[:words])
    if len(kept) <= characters:
        return kept
    whole, _, _ = kept[: characters + 1].rpartition(" ")
    return whole or kept[:characters]


def without_operators(query: str) -> str:
    """Return a query without bangs (`!g`, `g!`, a leading backslash): they choose who answers it."""
    bare = (word.strip("!").lstrip("\\!") for word in query.split())
    return " ".join(word for word in bare if word) or query
