"""Remove from a sentence what is no part of its statement: reference marks, labels, and attributions."""

# ruff: noqa: RUF001 - a pattern reads best on one line; typographic signs are meant

from __future__ import annotations

import re

_YEAR = r"(?:1[5-9]|20)\d\d[a-z]?"
_LABEL = r"(?:section|sect|sec|rule|article|art|clause|paragraph|para|chapter|step|item|note|example)"
_SAYS = (
    r"(?:says?|said|states?|stated|shows?|showed|shown|reports?|reported|finds?|found|suggests?|suggested|notes?|noted"
    r"|writes?|wrote|claims?|claimed|explains?|explained|concludes?|concluded|confirms?|confirmed)"
)
_MARKS = (
    # numbers in brackets, and raised behind a word or a sentence, where they are no power; citations by name
    # and year; references to tables
    re.compile(r" ?\[ ?\d[\d ,;–-]{0,40}\]"),
    re.compile(r"(?:(?<=[^\W\d_]{4})|(?<=[.,;:!?)\]\"”’]))[⁰¹²³⁴-⁹]+(?:, ?[⁰¹²³⁴-⁹]+)*"),
    re.compile(rf" ?\((?:[^()]{{0,80}}\b)?{_YEAR}(?: ?[,;][^()]{{0,80}})?\)"),
    re.compile(
        r" ?\((?:see )?(?:table|fig(?:ure)?\.?|section|chapter|p{1,2}\.) ?\d[\d ,.–-]{0,40}\)", re.IGNORECASE
    ),
    re.compile(r" ?\(\d{1,3}\)"),
    # labels such as "Section 4.2:", "Rule 12.", "§ 9", "5.1"
    re.compile(rf"^ ?(?:{_LABEL}\.? \d[\d.]* ?[:.)–-] |§+ ?\d[\d.]*:? ?)", re.IGNORECASE),
    re.compile(r"^ ?\d+(?:\.\d+)+\.? (?=[A-Z])|^ ?\(?\d{1,2}[.)] "),
    # who says so, before the statement or behind it
    re.compile(r"^ ?(?:according to|as reported (?:by|in)|as stated (?:by|in)) [^,]{1,80}, ?", re.IGNORECASE),
    re.compile(
        r",? (?:according to|as (?:stated|reported|described) (?:by|in)) [^,]{1,80}(?=[.!?]? ?$)",
        re.IGNORECASE,
    ),
    re.compile(rf", (?:as )?[^,]{{1,80}} {_SAYS}(?=[.!?]? ?$)", re.IGNORECASE),
    re.compile(rf"^ ?(?:the|a|an) [^,]{{1,60}}? {_SAYS} that ", re.IGNORECASE),
)


def unmarked(text: str) -> str:
    """Return a sentence without reference marks, citations, the label it begins with, and its attribution."""
    for pattern in _MARKS:
        text = pattern.sub("", text)
    return " ".join(text.split())
