"""Read the answer of a report as blocks of words, marks and citation numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_MOST_DIGITS = 6
_ACTIVE = ("link", "image", "autolink", "html_inline", "backticks", "entity")
_STRANGE = ("html_block", "reference", "fence", "code")
_OPEN = {"heading_open": "heading", "paragraph_open": "paragraph"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Hold words of one look, or the number of a citation."""

    text: str
    strong: bool = False
    emphasis: bool = False
    citation: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Hold a line of the answer: a `heading`, a `paragraph` or an `item` of a list."""

    kind: str
    pieces: tuple[Piece, ...]


def blocks(answer: str, citations: Collection[int]) -> list[Block]:
    """Split Markdown into lines; links, images, HTML and code are words, numbers of no citation too."""
    return list(_blocks(_parser().parse(answer), citations))


def _blocks(tokens: list[Token], citations: Collection[int]) -> Iterator[Block]:
    kind, depth = "paragraph", 0
    for token in tokens:
        kind = _OPEN.get(token.type, kind)
        depth += token.nesting if token.type.startswith("list_item") else 0
        if token.type == "inline":
            shown = "item" if depth and kind == "paragraph" else kind
            for line in _lines(token.children or [], citations):
                yield Block(kind="heading" if _is_bold(line) else shown, pieces=line)


def _lines(tokens: list[Token], citations: Collection[int]) -> Iterator[tuple[Piece, ...]]:
    """Split at line breaks: a report says one thing a line."""
    line: list[Piece] = []
    marks = {"strong": 0, "em": 0}
    for token in tokens:
        if token.type in {"softbreak", "hardbreak"}:
            yield tuple(line)
            line = []
        elif token.nesting:
            marks[token.type.rpartition("_")[0]] += token.nesting
        else:
            line.append(_piece(token, marks, citations))
    yield tuple(line)


def _piece(token: Token, marks: dict[str, int], citations: Collection[int]) -> Piece:
    number = int(token.content) if token.type == "citation" else 0
    if number in citations:
        return Piece(text=f"[{number}]", citation=number)
    text = f"[{token.content}]" if token.type == "citation" else token.content
    return Piece(text=text, strong=marks["strong"] > 0, emphasis=marks["em"] > 0)


def _is_bold(line: tuple[Piece, ...]) -> bool:
    """Tell whether a line is a line of inquiry: all of it in bold."""
    words = [piece for piece in line if piece.text]
    return bool(words) and all(piece.strong for piece in words)


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415  # only a download needs it

    parser = MarkdownIt("commonmark", {"html": False}).disable([*_ACTIVE, *_STRANGE])
    parser.inline.ruler.before("emphasis", "citation", _citation)
    return parser


def _citation(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  # markdown-it calls it so
    """Take a bracketed number for a citation; an escaped bracket is taken before this is asked."""
    end = state.src.find("]", state.pos, state.pos + _MOST_DIGITS + 2)
    digits = state.src[state.pos + 1 : end] if end > 0 else ""
    if state.src[state.pos] != "[" or not (digits.isascii() and digits.isdigit()):
        return False
    if not silent:
        state.push("citation", "", 0).content = digits
    state.pos = end + 1
    return True
