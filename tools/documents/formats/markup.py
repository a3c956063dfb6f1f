"""Tell in which markup a plain text is written: many `.txt` files are reStructuredText or Markdown."""

from __future__ import annotations

import re

_HEAD = 64 * 1024
_UNNAMED = frozenset({"", ".txt", ".text"})
_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*+<(?:!doctype html|html)\b", re.IGNORECASE)
_RESTRUCTURED = re.compile(
    rb"^[ \t]*+\.\. (?:[a-z][\w:-]{0,60}::|_[^\n:]{1,200}:)|:[a-z][\w:+.-]{0,60}:`", re.MULTILINE
)
_UNDERLINED = re.compile(rb"^[A-Z`][^\n]{2,100}\n(?:={3,200}|-{3,200}|~{3,200})\n", re.MULTILINE)
_LITERAL = re.compile(rb"``[^`\n]{1,200}``")
_HEADING = re.compile(rb"(?:\A|\n)\n?#{1,6} [^\n#]{1,200}\n(?=\n)")
_MARKED = re.compile(rb"^```|\]\([^\s()]{1,500}\)|^\|(?: ?:?-{3,100}:? ?\|)+", re.MULTILINE)
_FEWEST = 2
_FEWEST_LITERALS = 3


def written_as(suffix: str, data: bytes) -> str:
    """Return the suffix of the markup that a text is written in; that of another file as it is."""
    if suffix not in _UNNAMED:
        return suffix
    head = data[:_HEAD].replace(b"\r\n", b"\n")
    if _PAGE.match(head):
        return ".html"
    if _is_restructured(head):
        return ".rst"
    if len(_HEADING.findall(head)) >= _FEWEST and _MARKED.search(head):
        return ".md"
    return suffix


def _is_restructured(head: bytes) -> bool:
    """Ask for two roles, directives or labels, or for underlined headings and words marked as literal."""
    if not _UNDERLINED.search(head):
        return False
    return len(_RESTRUCTURED.findall(head)) >= _FEWEST or len(_LITERAL.findall(head)) >= _FEWEST_LITERALS
