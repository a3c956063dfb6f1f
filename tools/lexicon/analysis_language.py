"""The language in which words are analysed, for as long as one question is answered.

It is set around a reading, as `decimal.localcontext` sets a precision, so that nothing between the question
and its words must carry it along.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

ENGLISH = "en"
_CURRENT: ContextVar[str] = ContextVar("language", default=ENGLISH)


def current_language() -> str:
    """Return the language that is set, English if none is."""
    return _CURRENT.get()


@contextmanager
def in_language(language: str) -> Iterator[None]:
    """Analyse words as those of a language (ISO 639-1) while this is open."""
    token = _CURRENT.set(language)
    try:
        yield
    finally:
        _CURRENT.reset(token)


def primary(tag: str) -> str:
    """Return the language of a tag of BCP 47, such as `en-GB`; English where it is empty."""
    return tag.partition("-")[0].lower() or ENGLISH
