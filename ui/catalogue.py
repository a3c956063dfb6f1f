"""Look up the texts that people read: English in the code, other languages in `ui/locales`."""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "locales"
DOMAIN = "attest"
ENGLISH = "en"

_language = ContextVar("language", default="")
"""The language in which this context speaks; empty: that of the locale of the process."""


def _(text: str) -> str:
    """Return a text in the language of the reader; English where it is not translated."""
    return _catalogue(_language.get()).gettext(text) if text else ""


def ngettext(one: str, many: str, number: int) -> str:
    """Return the text that fits a number, as `_` does."""
    return _catalogue(_language.get()).ngettext(one, many, number)


def N_(text: str) -> str:  # noqa: N802  # the name that every tool of gettext knows
    """Mark a text of a table; whoever shows it looks it up with `_`."""
    return text


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language inside this context."""
    before = _language.set(language)
    try:
        yield
    finally:
        _language.reset(before)


def languages() -> list[str]:
    """Return the languages that there are: English, and those with a catalogue."""
    made = (path.parent.parent.name for path in FOLDER.glob(f"*/LC_MESSAGES/{DOMAIN}.mo"))
    return [ENGLISH, *sorted(made)]


def spoken() -> str:
    """Return the tag of the language that the texts come in."""
    return _catalogue(_language.get()).info().get("language", ENGLISH).replace("_", "-")


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, FOLDER, [language] if language else None, fallback=True)
