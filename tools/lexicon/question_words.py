"""What a question asks for by its question words, in languages other than English.

`question_words.txt` says in each line what is asked for and how. What is asked for is a property of a thing,
such as its height (`property_words.py`), or the kind or form of the answer: a person, a reason, steps.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from tools.lexicon.combining import LETTER

_UNSPACED = frozenset({"zh", "ja", "th"})
_WITHOUT_CAPITALS = frozenset({"zh", "ja", "th", "ko", "hi", "ar"})
_FILE = Path(__file__).with_suffix(".txt")
_LANGUAGE, _PART = re.compile(r"\[(\w+)\]"), re.compile(r"(\w+): (.*)")


def _compiled(asked: str, language: str) -> re.Pattern[str]:
    bounded = f"(?:{asked})" if language in _UNSPACED else rf"(?<!{LETTER})(?:{asked})(?!{LETTER})"
    return re.compile(bounded, re.IGNORECASE)


@cache
def listed() -> dict[str, tuple[tuple[str, str], ...]]:
    """Return for each language what is asked for, with the patterns that ask for it, in order."""
    found: dict[str, list[tuple[str, str]]] = {}
    language = ""
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if match := _LANGUAGE.match(line):
            language = match[1]
        elif match := _PART.match(line):
            found.setdefault(language, []).append((match[1], match[2]))
    return {name: tuple(lines) for name, lines in found.items()}


@cache
def _patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, _compiled(asked, language)) for name, asked in listed().get(language, ()))


def asked_for(question: str, language: str) -> tuple[str, re.Match[str]] | None:
    """Return what the first question word of a question asks for and where it stands; None without one.

    Where two begin at one place, the one that is listed first is meant.
    """
    found = [
        (match.start(), at, match)
        for at, (_, pattern) in enumerate(_patterns(language))
        if (match := pattern.search(question))
    ]
    if not found:
        return None
    _, at, match = min(found, key=lambda each: each[:2])
    return _patterns(language)[at][0], match


def has_capitals(language: str) -> bool:
    """Tell whether names of a language are written with capitals."""
    return language not in _WITHOUT_CAPITALS


def language_asking(question: str) -> str:
    """Return the language whose question words alone a question has, or nothing."""
    found = [language for language in listed() if asked_for(question, language)]
    return found[0] if len(found) == 1 else ""
