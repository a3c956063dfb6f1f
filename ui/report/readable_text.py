"""Show the words of a source as a person reads them: without its Markdown and its own reference marks.

The quote in the record stays as it is stored; only what is shown changes.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from guards.visible_text import visible

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_BLOCK_MARK = re.compile(
    r"^[ \t]*+(?:#{1,6}[ \t]++|>[ \t]?+|[-*+][ \t]++(?:\[[ xX]\][ \t]++)?+|!!![ \t]*+\w++[ \t]*+)",
    re.MULTILINE,
)
_TABLE_ROW = re.compile(r"^[ \t]*+\|(.+)\|[ \t]*+$", re.MULTILINE)
_REFERENCE_MARK = re.compile(r"[ \t]?+\[(?:\^[\w-]{1,40}|\d{1,3}(?:[ ,;\u2013-]{1,3}\d{1,3}){0,9})\](?![(:])")
_SHORTCODE = re.compile(r"\{\{[<%][^{}]{0,400}[>%]\}\}|\{[:#.][^{}\n]{1,200}\}")
_CELL = re.compile(r"(?<!\\)\|")


def readable(text: str) -> str:
    """Return the words of a text on one line, as its author meant them to be read."""
    rows = _TABLE_ROW.sub(_cells, visible(text))
    bare = _SHORTCODE.sub("", _BLOCK_MARK.sub("", rows))
    (inline,) = _parser().parseInline(" ".join(bare.split())) or (None,)
    words = "".join(map(_words, inline.children or [])) if inline else ""
    return " ".join(visible(words).split())


def _cells(row: re.Match[str]) -> str:
    return "; ".join(filter(None, (cell.strip(" \t") for cell in _CELL.split(row[1].strip()))))


def _words(token: Token) -> str:
    """Return what a token shows: the words of a link, the description of a picture, nothing of HTML."""
    if token.type == "image":
        return "".join(map(_words, token.children or []))
    if token.type in {"softbreak", "hardbreak"}:
        return " "
    if token.type == "text":
        return _REFERENCE_MARK.sub("", token.content)
    return "" if token.type == "html_inline" else token.content


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415  # only a shown report needs it

    return MarkdownIt("commonmark")
