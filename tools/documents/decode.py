"""Bytes of a text file, read as the characters they stand for."""

from __future__ import annotations

import codecs

from graph.errors import Unusable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = bytes(sorted(set(range(32)) - set(b"\t\n\v\f\r\x1b")))
_ABOVE_ASCII = bytes(range(0x80, 0x100))
_SAMPLE = 32 * 1024
_MOST_CONTROLS = 0.01
_BINARY = "it is a binary file, not text"
# UTF-8 with a few broken bytes has this many whole characters above ASCII for each broken one.
_DAMAGE = 10
# Few bytes above ASCII are accents: left free, charset-normalizer reads short Spanish as Big5. The first wins
# a tie.
_LATIN = ("cp1252", "cp1250", "iso8859_2", "mac_roman")
_MOST_ACCENTS = 0.2


def decode(data: bytes, declared: str | None = None) -> str:
    """Return the characters of a text file; `declared` is the encoding it claims, tried after UTF-8.

    Raises Unusable when the bytes are not text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _whole(data.decode(encoding, "replace"))
    if binary(data):
        raise Unusable(_BINARY)
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode(_known(declared) or _guess(data), "replace")


def _whole(text: str) -> str:
    """Return a text that a byte order mark announced, unless other bytes happened to begin like one."""
    if text.count("\ufffd") > _MOST_CONTROLS * len(text):
        raise Unusable(_BINARY)
    return text.removeprefix("\ufeff")


def binary(data: bytes) -> bool:
    """Tell whether bytes hold too many control characters to be text, unless they begin with a mark."""
    if data.startswith(tuple(mark for mark, _ in _MARKS)):
        return False
    controls = len(data) - len(data.translate(None, _CONTROLS))
    return controls > _MOST_CONTROLS * len(data)


def _known(encoding: str | None) -> str | None:
    """Return an encoding Python can decode text with, or None."""
    try:
        b"a".decode(encoding or "")
    except (LookupError, ValueError):
        return None
    return encoding


def _guess(data: bytes) -> str:
    """Name the likeliest encoding of bytes that are not clean UTF-8."""
    text = data.decode(errors="replace")
    if sum(character > "\x7f" for character in text) > _DAMAGE * text.count("\ufffd"):
        return "utf-8"
    from charset_normalizer import from_bytes  # noqa: PLC0415  # 60 ms that most folders never need

    sample = data[:_SAMPLE]
    accented = (len(sample) - len(sample.translate(None, _ABOVE_ASCII))) < _MOST_ACCENTS * len(sample)
    matches = list(from_bytes(sample, cp_isolation=list(_LATIN) if accented else None))
    best = [
        match
        for match in matches
        if (match.chaos, match.coherence) == (matches[0].chaos, matches[0].coherence)
    ]
    names = [name for match in best for name in match.could_be_from_charset]
    return _LATIN[0] if _LATIN[0] in names or not names else names[0]
