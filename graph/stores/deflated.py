"""Keep texts at half their size, and open each once while what is stored of it stays the same."""

from __future__ import annotations

import zlib

from graph.untrusted import Untrusted

_LEVEL = (
    1  # 20 KB of English in 0.2 ms outside the interpreter lock; level 6 takes four times that for 8 % less
)
_MOST_REMEMBERED = 16_000_000  # characters: some 800 pages, so that a run opens each of its sources once


def deflated(text: str) -> bytes:
    """Return a text as it is stored."""
    return zlib.compress(text.encode(), _LEVEL)


class Opened:
    """Open stored texts; what is remembered is used only for the very bytes it was opened from."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[bytes, Untrusted]] = {}
        self._characters = 0

    def open(self, source: str, stored: bytes) -> Untrusted:
        """Return the text of the bytes stored for a source."""
        known = self._known.get(source)
        if known and known[0] == stored:
            return known[1]
        text = Untrusted(_inflated(stored))
        if self._characters > _MOST_REMEMBERED:
            self._known, self._characters = {}, 0
        self._known[source] = (stored, text)
        self._characters += len(text)
        return text


def _inflated(stored: bytes) -> str:
    """Return the text, or nothing for bytes that are no text any more: no source has that digest."""
    try:
        return zlib.decompress(stored).decode()
    except (zlib.error, UnicodeDecodeError):
        return ""
