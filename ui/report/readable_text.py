"""Show the words of a source as a person reads them: without its markup and its own reference marks.

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

_REFERENCE_MARK = re.compile(r"[ \t]?+\[(?:\^[\w-]{1,40}|\d{1,3}(?:[ ,;\u2013-]{1,3}\d{1,3}){0,9})\](?![(:])")
_REFERENCE_LINK = re.compile(r"(?<![\w\]])\[([^\[\]\n]{1,200}+)\]\[[^\[\]\n]{0,80}+\]")
_SHORTCODE = re.compile(
    r"\{\{[<%][^{}]{0,400}+\}\}"  # Hugo
    r"|\{%[^{}%]{0,400}+%\}"  # Nunjucks, Jinja and Liquid
    r"|\{[:#.][^{}\n]{1,200}+\}"  # attributes of a block
    r"|\[![A-Za-z]{1,20}\]"  # the kind of a box
)
_STAR = re.compile(r"(?<=\w)\*(?=\w)")
_PLAIN_STAR = "\ufdd0"  # a noncharacter, which no text holds: stands for a star that multiplies
_DUNDER = re.compile(r"(?<=\w\.)__(\w{1,40}?)__(?!\w)|\b__(\w{1,40}?)__(?=\(|\.\w)")
_PLAIN_UNDERSCORES = "\ufdd1"  # as above, for a name of Python
_TAG = re.compile(r"</?([A-Za-z][\w.-]{0,60})")
_LONE = frozenset({"br", "hr", "wbr", "p", "li", "dt", "dd", "td", "th", "tr"})
"""Elements of HTML that need no end tag and may have no attribute."""
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")


def readable(text: str) -> str:
    """Return the words of a text on one line, as its author meant them to be read."""
    from ui.report.readable_lines import readable_lines  # noqa: PLC0415  # it reads lines with this module

    lines = readable_lines(text)
    marked = len(lines) > 1
    return " ".join(line.words(marked=marked) for line in lines)


def inline_words(text: str) -> str:
    """Return the words of a paragraph, with its line breaks: no emphasis, link, picture, code mark or tag."""
    shown = visible(text).replace(_PLAIN_STAR, "\ufffd").replace(_PLAIN_UNDERSCORES, "\ufffd")
    named = _DUNDER.sub(lambda name: f"{_PLAIN_UNDERSCORES}{name[1] or name[2]}{_PLAIN_UNDERSCORES}", shown)
    bare = _STAR.sub(_PLAIN_STAR, _REFERENCE_LINK.sub(r"\1", _SHORTCODE.sub("", named)))
    (inline,) = _parser().parseInline(bare) or (None,)
    tokens = (inline.children or []) if inline else []
    words = visible(_joined(tokens)).replace(_PLAIN_STAR, "*").replace(_PLAIN_UNDERSCORES, "__")
    return "\n".join(filter(None, (" ".join(line.split()) for line in words.split("\n"))))


def _joined(tokens: list[Token]) -> str:
    """Join what tokens show; digits in a raised element become raised digits."""
    ended = {name for token in tokens if (name := _ended(token))}
    words, raised = list[str](), False
    for token in tokens:
        if token.type == "html_inline" and (tag := _TAG.match(token.content)) and tag[1].lower() == "sup":
            raised = not token.content.startswith("</")
        shown = _words(token, ended)
        words.append(shown.translate(_RAISED) if raised else shown)
    return "".join(words)


def _words(token: Token, ended: set[str]) -> str:
    """Return what a token shows: the words of a link, the description of a picture, nothing of HTML."""
    if token.type == "image":
        return _joined(token.children or [])
    if token.type in {"softbreak", "hardbreak"}:
        return "\n"
    if token.type == "text":
        return _REFERENCE_MARK.sub("", token.content)
    return "" if token.type == "html_inline" and _is_markup(token.content, ended) else token.content


def _is_markup(tag: str, ended: set[str]) -> bool:
    """Tell a tag of HTML from a name in angle brackets, which is something to fill in."""
    named = _TAG.match(tag)
    if named is None or tag.startswith("</") or tag.endswith("/>") or "=" in tag:
        return True
    return named[1].lower() in _LONE or named[1].lower() in ended


def _ended(token: Token) -> str:
    """Return the name of the element that a token ends."""
    closes = token.type == "html_inline" and token.content.startswith("</")
    return named[1].lower() if closes and (named := _TAG.match(token.content)) else ""


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415  # only a shown report needs it

    parser = MarkdownIt("commonmark")
    parser.validateLink = _accept  # type: ignore[method-assign]  # else its words stay in brackets
    return parser


def _accept(url: str) -> bool:  # noqa: ARG001  # markdown-it's name for it
    """Take every link for one: it is never made, only its words are shown."""
    return True
