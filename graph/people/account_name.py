"""Check the names of accounts: ASCII, without regard to case."""

from __future__ import annotations

import re

from graph.errors import Misconfigured
from guards.visible_text import one_line

MOST_NAME = 64
RESERVED = frozenset({"local"})
"""Whoever asks at the command line is called that: nobody may log in as its owner."""

_NAME = re.compile(rf"[a-z0-9._@+-]{{1,{MOST_NAME}}}")


def folded(text: str) -> str | None:
    """Return an ASCII text in lower case, None for any other text.

    The ASCII check comes first: lower() turns U+212A, the kelvin sign, into a `k`.
    """
    return text.lower() if text.isascii() else None


def checked_name(name: str) -> str:
    """Return a name as it is stored; raise Misconfigured for an invalid one."""
    plain = folded(name)
    if plain is None or not _NAME.fullmatch(plain):
        raise Misconfigured(
            f"{one_line(name)[:MOST_NAME]!r} is no name of an account: write up to {MOST_NAME} letters, "
            "digits and . _ - + @"
        )
    if plain in RESERVED:
        raise Misconfigured(f"{plain} is what the command line is called: choose another name")
    return plain
