"""Open a stored text, to be sent as plain text and nothing else."""

from __future__ import annotations

from graph.untrusted import Untrusted


def source_text(text: Untrusted) -> bytes:
    """Return the bytes that are hashed: a browser is told that they are plain text, in a sandbox."""
    return text.reveal().encode()
