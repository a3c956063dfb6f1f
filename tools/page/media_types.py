"""Tell what kind of document a reply is: by its first bytes, then by what its server says."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from email.message import Message
from pathlib import PurePosixPath

from graph.errors import Unusable
from tools.documents.decode import binary, decode
from tools.documents.formats.table import FORMATS, format_of

_SUFFIXES = {name: suffix for suffix, form in reversed(FORMATS.items()) for name in form.types}
_UNSAID = frozenset({"", "application/octet-stream", "binary/octet-stream", "application/unknown"})
_UNTOLD = frozenset({*_UNSAID, "text/plain"})
_MARKS = {mark: suffix for suffix, form in reversed(FORMATS.items()) for mark in form.marks}
_ZIP, _ZIP_END, _OLE, _RICH_TEXT = b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0", b"{\\rtf"
# Kinds that are no text in a guessed encoding and yet begin with no sign of their own.
_WRITTEN = frozenset({".xml", ".eml", ".ipynb"})
# Where the end of a zip says that the list of its parts begins; how far the first part may name its kind.
_LIST_AT, _KIND_TO = slice(16, 20), 128
# Python calls them encodings too. No page is written in them, and some take n * n steps for n bytes.
_CODECS = frozenset({"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "utf-7"})
_HEAD = 1024
# Possessive throughout: what blanks and comments matched is never matched in a second way.
_MARKUP = re.compile(
    rb"\s*+(?:<\?xml[^>]*+>\s*+)?+(?:<!--(?:(?!-->).){0,500}+-->\s*+)*+<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaType:
    """Hold the media type and the encoding that a server names, in lower case, empty where it names none."""

    type: str
    charset: str


def media_type(content_type: str) -> MediaType:
    """Read a Content-Type header; treat what cannot be read as missing."""
    message = Message()
    message["content-type"] = "".join(c for c in content_type if c.isprintable())
    said = message.get_content_type() if "/" in content_type else ""
    charset = message.get_content_charset("")
    return MediaType(type=said, charset=charset)


def is_readable(said: MediaType) -> bool:
    """Tell whether a body of that kind can be text, or its server does not say what it is."""
    return said.type in _SUFFIXES or said.type in _UNSAID


def document(said: MediaType, body: bytes, name: str = "") -> tuple[str, bytes]:
    """Return the suffix to parse a body by, and its bytes: UTF-8 where the server named another encoding.

    The suffix of its `name` counts where the server says no more than that it is text or bytes. Raises
    Unusable for what is no document.
    """
    suffix = _packed(said, body) or _unpacked(said, body, PurePosixPath(name).suffix.lower())
    if not format_of(suffix).text or not _is_charset(said.charset):
        return suffix, body
    return suffix, decode(body, said.charset).encode(errors="replace")


def _is_charset(name: str) -> bool:
    try:
        return codecs.lookup(name).name not in _CODECS
    except (LookupError, ValueError):
        return False


def _packed(said: MediaType, body: bytes) -> str:
    """Tell a kind by its first bytes and the names of its parts; empty for text."""
    if b"%PDF-" in body[:_HEAD] and not _MARKUP.match(body):
        return ".pdf"
    if body.startswith(_RICH_TEXT):
        return ".rtf"
    if body.startswith(_ZIP):
        end = body.rfind(_ZIP_END)
        names = body[int.from_bytes(body[end:][_LIST_AT], "little") :] if end > 0 else body
        suffix = _SUFFIXES.get(said.type, "")
        told = suffix if suffix and not format_of(suffix).text else ".zip"
        return _marked(body[:_KIND_TO] + names, "utf-8") or told
    return _marked(body, "utf-16-le") if body.startswith(_OLE) else ""


def _marked(parts: bytes, encoding: str) -> str:
    return next((suffix for mark, suffix in _MARKS.items() if mark.encode(encoding) in parts), "")


def _unpacked(said: MediaType, body: bytes, named: str) -> str:
    """Name the kind of a text; a server that promised a PDF may have sent the page around it."""
    suffix = _SUFFIXES.get(said.type, "")
    if named in FORMATS and said.type in _UNTOLD and not format_of(named).isolated:
        suffix = named
    if suffix and format_of(suffix).text:
        return suffix
    if _MARKUP.match(body):
        return ".html"
    if binary(body):
        raise Unusable("it is a binary file, not text")
    return suffix if suffix in _WRITTEN else ".txt"
