"""Mark the text of sources in a prompt, so that no word of it can be taken for its end."""

from __future__ import annotations

import hashlib

_LENGTH = 12


def fenced(text: str) -> str:
    """Return the text between two lines with the same mark, which does not occur in it.

    The mark is a hash of the text. The author of a source cannot know it, and a run that is resumed sends the
    same words again.
    """
    mark, seed = "", text
    while not mark or mark in text:
        seed = hashlib.sha256(seed.encode(errors="surrogatepass")).hexdigest()
        mark = seed[:_LENGTH]
    return f"<<<data {mark}\n{text}\ndata {mark}>>>"
