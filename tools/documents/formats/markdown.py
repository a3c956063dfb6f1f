"""Markdown, with or without front matter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from html import unescape

from markdown_it import MarkdownIt
from markdown_it.token import Token

from tools.documents.dates import dated_line
from tools.documents.decode import decode
from tools.documents.formats.front_matter import described, front_matter
from tools.documents.formats.grid import Grid, write
from tools.documents.normalise import normalise
from tools.documents.parsed import Parsed
from tools.documents.text_builder import TextBuilder
from tools.superscripts import subscript, superscript

_TICKS = re.compile(r"`++")
_COMMENT = ("<!--", "-->")
_STRUCK = re.compile(r"~~(?=\S)[^~]{1,500}(?<=\S)~~[ ]?|<(del|s|strike)>.{0,500}?</\1>[ ]?", re.DOTALL)
_RAISED = re.compile(r"(?<=\S)\^([^\s^\[\]]{1,20})\^|<sup>(.{1,40}?)</sup>")
_LOWERED = re.compile(r"(?<=[\w)])~([^\s~]{1,20})~|<sub>(.{1,40}?)</sub>")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][\w-]*(?:\s[^<>]{0,500})?/?>")


def parse(data: bytes) -> Parsed:
    """Keep a text as it is written, but for front matter, tables, lists and what is not shown."""
    fields, body = front_matter(normalise(decode(data)))
    facts = described(fields)
    text = TextBuilder()
    heading = add(text, body)
    return text.build(
        title=facts["title"] or heading,
        author=facts["author"],
        published=facts["published"] or dated_line(body),
    )


def add(text: TextBuilder, body: str) -> str | None:
    """Add the blocks of a text in Markdown; return its first heading."""
    blocks = _Blocks()
    blocks.write(text, _parser().parse(body))
    return blocks.title


@cache
def _parser() -> MarkdownIt:
    """Return a parser of blocks: what stands within a line is kept as it is written."""
    return MarkdownIt("commonmark").enable("table").disable("inline")


class _Blocks:
    """Write the blocks of a text in order; `title` is the first heading."""

    def __init__(self) -> None:
        self.title: str | None = None
        self._depth = -1
        self._number = ""
        self._heading = 0
        self._row: list[str] | None = None
        self._rows: list[list[str]] = []
        self._begun = False

    def write(self, text: TextBuilder, tokens: Sequence[Token]) -> None:
        """Add what tokens hold to a text."""
        for token in tokens:
            if action := _ACTIONS.get(token.type):
                action(self, text, token)

    def words(self, text: TextBuilder, token: Token) -> None:
        """Add the words of a heading, cell, item or paragraph."""
        said = shown(token.content)
        if self._row is not None:
            self._row.append(said)
        elif self._heading:
            self.title = self.title or said or None
            text.heading(said, self._heading)
        elif self._depth >= 0 and not self._begun:
            text.item(said, self._number, self._depth)
            self._begun = True
        elif self._depth >= 0:
            text.more(said)
        else:
            text.add(said)

    def heading(self, _: TextBuilder, token: Token) -> None:
        """Begin or end a heading."""
        self._heading = int(token.tag[1]) if token.nesting > 0 else 0

    def list(self, _: TextBuilder, token: Token) -> None:
        """Begin or end a list."""
        self._depth += token.nesting

    def item(self, _: TextBuilder, token: Token) -> None:
        """Begin an item."""
        self._begun, self._number = False, f"{token.info}{token.markup}" if token.info else ""

    def code(self, text: TextBuilder, token: Token) -> None:
        """Add code."""
        text.code(token.content)

    def markup(self, text: TextBuilder, token: Token) -> None:
        """Add the words of a block of HTML."""
        text.add(shown(token.content))

    def row(self, _: TextBuilder, token: Token) -> None:
        """Begin or end a row of a table."""
        if token.nesting < 0 and self._row is not None:
            self._rows.append(self._row)
        self._row = [] if token.nesting > 0 else None

    def table(self, text: TextBuilder, _: Token) -> None:
        """Add the table that ends."""
        headers = int(any(self._rows[0])) if self._rows else 0
        write(text, Grid(rows=self._rows[0 if headers else 1 :], headers=headers))
        self._rows = []


_ACTIONS: dict[str, Callable[[_Blocks, TextBuilder, Token], None]] = {
    "inline": _Blocks.words,
    "heading_open": _Blocks.heading,
    "heading_close": _Blocks.heading,
    "bullet_list_open": _Blocks.list,
    "bullet_list_close": _Blocks.list,
    "ordered_list_open": _Blocks.list,
    "ordered_list_close": _Blocks.list,
    "list_item_open": _Blocks.item,
    "fence": _Blocks.code,
    "code_block": _Blocks.code,
    "html_block": _Blocks.markup,
    "tr_open": _Blocks.row,
    "tr_close": _Blocks.row,
    "table_close": _Blocks.table,
}


def shown(words: str) -> str:
    """Return what a person is shown of a line: no comments, tags or struck-out words; powers as powers."""
    if not any(sign in words for sign in "<~^&"):
        return words
    return "".join(_pieces(words))


def _pieces(words: str) -> Iterator[str]:
    """Yield the code of a line as it is, and between it what is shown."""
    at = 0
    for start, end in _code_spans(words):
        yield _plain(words[at:start])
        yield words[start:end]
        at = end
    yield _plain(words[at:])


def _code_spans(words: str) -> Iterator[tuple[int, int]]:
    """Yield where code stands: between two runs of backticks of one length."""
    runs = [found.span() for found in _TICKS.finditer(words)]
    following: dict[int, int] = {}
    closing: list[int | None] = [None] * len(runs)
    for at, (start, end) in reversed(list(enumerate(runs))):
        closing[at] = following.get(end - start)
        following[end - start] = at
    at = 0
    while at < len(runs):
        last = closing[at]
        if last is not None:
            yield runs[at][0], runs[last][1]
        at = (at if last is None else last) + 1


def _without_comments(words: str) -> str:
    """Leave comments out; one that does not end is kept as it is written."""
    begins, ends = _COMMENT
    kept, at = [], 0
    while (start := words.find(begins, at)) >= 0 and (end := words.find(ends, start + len(begins))) >= 0:
        kept.append(words[at:start])
        at = end + len(ends)
    return "".join((*kept, words[at:]))


def _plain(words: str) -> str:
    words = _STRUCK.sub("", _without_comments(words))
    words = _LOWERED.sub(_lowered, _RAISED.sub(_raised, words))
    return unescape(_TAG.sub("", _BREAK.sub("\n", words)))


def _raised(found: re.Match[str]) -> str:
    return superscript(found[1] or found[2])


def _lowered(found: re.Match[str]) -> str:
    return subscript(found[1] or found[2])
