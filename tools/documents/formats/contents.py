"""Documents within a document: the attachments of a mail and the files of an archive."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import nullcontext
from contextvars import ContextVar
from pathlib import PurePosixPath
from typing import TypeAlias

from graph.errors import Unusable
from tools.documents.decode import binary
from tools.documents.formats.table import FORMATS, parse
from tools.documents.names import shown
from tools.documents.overtime import Overtime
from tools.documents.read_progress import portion
from tools.documents.text_builder import TextBuilder

Content: TypeAlias = tuple[str, bytes]
"""A file within another: its name and its bytes."""

_DEEPEST = 2  # a document within a document within a document
_MOST_NAMED = 10
_depth: ContextVar[int] = ContextVar("depth", default=0)


def include(text: TextBuilder, contents: Iterable[Content], size: int = 0) -> str:
    """Add files that lie within a document, each under its name; return what is to be said of the others.

    Where the `size` of all of them in bytes is known, it is told how far they are read.
    """
    unread: list[str] = []
    token = _depth.set(_depth.get() + 1)
    done = 0
    try:
        for name, data in contents:
            begin, done = done, done + len(data)
            with portion(begin / size, done / size) if size else nullcontext():
                if said := _include(text, shown(name), data):
                    unread.append(said)
    finally:
        _depth.reset(token)
    more = len(unread) - _MOST_NAMED
    return "; ".join([*unread[:_MOST_NAMED], *([f"and {more} more in it"] if more > 0 else [])])


def _include(text: TextBuilder, name: str, data: bytes) -> str:
    """Add one file; return why it cannot be read, or what of it."""
    suffix = PurePosixPath(name).suffix.lower()
    try:
        _check(suffix, data)
        parsed = parse(suffix, data)
    except Unusable as error:
        return f"{name} in it is not read: {error}"
    text.include(parsed, name)
    if parsed.late:
        raise Overtime
    return f"in {name}: {parsed.missing}" if parsed.missing else ""


def _check(suffix: str, data: bytes) -> None:
    """Refuse what lies too deep, and what is plainly no document."""
    if _depth.get() > _DEEPEST:
        raise Unusable("it lies too deep")
    if suffix not in FORMATS and binary(data):
        raise Unusable(f"it is a binary file of a kind that is not read ({suffix or 'no ending'})")
