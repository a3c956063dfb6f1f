"""Turn the fragments of markup in the replies of services into plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from lxml.etree import XMLParser, fromstring  # type: ignore[import-untyped]

from tools.mathml import formula
from tools.superscripts import subscript, superscript

# What begins with a letter is a tag; "p < 0.05 and n > 30" is a sentence.
_TAGS = re.compile(r"<(?:/?[A-Za-z]|!|\?)[^<>]{0,500}>")
_BLOCKS = re.compile(r"</?(?:jats:)?(?:p|br|div|li|sec|title|h[1-6]|tr)\b[^<>]*>", re.IGNORECASE)
# An element holds none of its kind, so what is looked at for one ends where the next begins.
_SCRIPTS = re.compile(
    r"<(?:jats:)?(sup|sub)\b[^<>]{0,500}>((?:(?!</?(?:jats:)?(?:sup|sub)\b).){0,500})</(?:jats:)?\1>",
    re.IGNORECASE | re.DOTALL,
)
_STRUCK = re.compile(
    r"<(?:jats:)?(del|s|strike|tex-math)\b[^<>]{0,500}>(?:(?!</?(?:jats:)?\1\b).){0,5000}</(?:jats:)?\1>",
    re.IGNORECASE | re.DOTALL,
)
"""What is struck out, and formulas in TeX, which stand beside the same in MathML."""
_FORMULA = ("<math", "</math>")
_PREFIX = re.compile(r"(</?)(?:mml|m):(?=[a-z])")
_BLANKS = re.compile(r"[ \t\r\f\v\xa0]+")


def plain_text(fragment: str) -> str:
    """Return a fragment of HTML or JATS as plain text, with paragraphs separated.

    Powers and indices are written as such, formulas in one line, and what is struck out is left out.
    """
    if "<" in fragment:
        fragment = _SCRIPTS.sub(_scripted, _STRUCK.sub("", "".join(_pieces(_PREFIX.sub(r"\1", fragment)))))
    text = unescape(_TAGS.sub("", _BLOCKS.sub("\n\n", fragment)))
    return "\n".join(line.strip() for line in _BLANKS.sub(" ", text).split("\n")).strip()


def _pieces(fragment: str) -> Iterator[str]:
    """Yield a fragment with each formula in MathML as text."""
    begins, ends = _FORMULA
    at = 0
    while (start := fragment.find(begins, at)) >= 0 and (end := fragment.find(ends, start)) >= 0:
        yield fragment[at:start]
        at = end + len(ends)
        yield _formula(fragment[start:at])
    yield fragment[at:]


def _formula(markup: str) -> str:
    parser = XMLParser(recover=True, resolve_entities=False, no_network=True)
    element = fromstring(markup.encode(errors="replace"), parser)
    written = formula(element) if element is not None else markup
    return written.replace("<", "&lt;")


def _scripted(found: re.Match[str]) -> str:
    write = superscript if found[1].lower() == "sup" else subscript
    return write(unescape(_TAGS.sub("", found[2]))).replace("<", "&lt;")
