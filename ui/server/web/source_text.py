"""Reveal a stored text, to be sent as plain text only."""

from __future__ import annotations

from graph.untrusted import Untrusted


def source_text(text: Untrusted) -> bytes:
    """Return the bytes of a text as they are hashed."""
    return text.reveal().encode()
