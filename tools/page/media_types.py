"""Tell what kind of document a reply is: by its first bytes, then by what its server says."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from email.message import Message

from graph.errors import Unusable
from tools.documents.decode import binary, decode

_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".xhtml",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/x-markdown": ".md",
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "application/pdf": ".pdf",
    "application/x-pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
_UNSAID = frozenset({"", "application/octet-stream", "binary/octet-stream", "application/unknown"})
_PACKED = frozenset({".pdf", ".docx"})
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


def document(said: MediaType, body: bytes) -> tuple[str, bytes]:
    """Return the suffix to parse a body by, and its bytes: UTF-8 where the server named another encoding.

    Raises Unusable for what is no document.
    """
    suffix = _packed(body) or _text(said, body)
    if suffix in _PACKED or not _is_charset(said.charset):
        return suffix, body
    return suffix, decode(body, said.charset).encode(errors="replace")


def _is_charset(name: str) -> bool:
    try:
        return codecs.lookup(name).name not in _CODECS
    except (LookupError, ValueError):
        return False


def _packed(body: bytes) -> str:
    if b"%PDF-" in body[:_HEAD] and not _MARKUP.match(body):
        return ".pdf"
    return ".docx" if body.startswith(b"PK\x03\x04") and b"word/" in body else ""


def _text(said: MediaType, body: bytes) -> str:
    """Name the kind of a text; a server that promised a PDF may have sent the page around it."""
    suffix = _SUFFIXES.get(said.type, "")
    if suffix and suffix not in _PACKED:
        return suffix
    if _MARKUP.match(body):
        return ".html"
    if binary(body):
        raise Unusable("it is a binary file, not text")
    return ".txt"
