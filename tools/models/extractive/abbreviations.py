"""Find what an abbreviation stands for: an expansion whose words begin with its letters."""

from __future__ import annotations

import re

_SHORT = r"([A-Z][A-Za-z0-9&/.-]{1,11})s?\b"
_WORDS = r"([\w'\u2019-]++(?:[ \n]++[\w'\u2019-]++){0,9}+)"
_BEFORE = re.compile(
    rf"(?<![\w'\u2019-]){_WORDS}[ \n]*+[*_`\"\u201d]{{0,3}}+[ \n]*+[(\[][*_`]{{0,3}}+{_SHORT}"
)
_AFTER = re.compile(
    rf"\b{_SHORT}[*_`\"\u201d]{{0,3}}+\s*+(?:\(|[-\u2013\u2014:=]|(?:,\s++|(?<=\s))or\b|(?:which\s++)?(?:stands?|short)\s++for"
    rf"|means|(?:is|are)\s++(?:short\s++for|an?\s++(?:abbreviation|acronym)\s++(?:of|for)))\s*+"
    rf"[\"\u201c*_`(]{{0,3}}+{_WORDS}"
)
_TITLED = re.compile(r"title=[\"']([^\"']{3,120})[\"']>([A-Z][A-Za-z0-9]{1,11})<")
_CAPITALS = re.compile(r"\b(?=(?:[a-z0-9/&.-]{0,10}[A-Z]){2})[A-Za-z][A-Za-z0-9/&.-]{1,11}\b")
_SMALL = frozenset(["a", "an", "and", "for", "in", "of", "on", "or", "the", "to", "with"])


def asked(question: str) -> str | None:
    """Return the abbreviation that a question names: its first word with two capitals."""
    match = _CAPITALS.search(question)
    return match[0] if match else None


def expands(text: str, short: str) -> bool:
    """Tell whether a text says in words what an abbreviation stands for."""
    folded = short.lower()
    if folded not in text.lower():
        return False
    pairs = [(match[2], match[1], True) for match in _BEFORE.finditer(text)]
    pairs += [(match[1], match[2], False) for match in _AFTER.finditer(text)]
    pairs += [(match[2], match[1], False) for match in _TITLED.finditer(text)]
    return any(name.lower() == folded and _spells(words, folded, end=end) for name, words, end in pairs)


def _spells(words: str, short: str, *, end: bool) -> bool:
    """Tell whether the first letters of some words, the last or the first of them, spell an abbreviation."""
    letters = [letter for letter in short if letter.isalnum()]
    parts = [part.lower() for part in re.split(r"[\s\-\u2013\u2014/]+", words) if part]
    for kept in (parts, [part for part in parts if part not in _SMALL]):
        used = kept[-len(letters) :] if end else kept[: len(letters)]
        if [part[0] for part in used] == letters:
            return True
    return False
