"""Parse the Cookie header and write it anew, so that no two readers differ about it."""

from __future__ import annotations

import re
from collections.abc import Iterable

RawHeaders = Iterable[tuple[bytes, bytes]]

_NAME = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(rb"(?:[\x21-\x3a\x3c-\x7e](?:[\x20-\x3a\x3c-\x7e]*[\x21-\x3a\x3c-\x7e])?)?")


def cleaned(headers: RawHeaders) -> list[tuple[bytes, bytes]]:
    """Return headers with at most one Cookie header of plain pairs; drop the rest."""
    others, pairs = [], []
    for name, value in headers:
        if name == b"cookie":
            pairs += [pair for pair in value.split(b";") if _is_plain(pair)]
        else:
            others.append((name, value))
    if pairs:
        others.append((b"cookie", b"; ".join(pair.strip(b" \t") for pair in pairs)))
    return others


def _is_plain(pair: bytes) -> bool:
    name, found, value = pair.strip(b" \t").partition(b"=")
    return bool(found) and _NAME.fullmatch(name) is not None and _VALUE.fullmatch(value) is not None
