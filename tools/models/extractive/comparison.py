"""Turn a comparison into one sub-question for each side."""

from __future__ import annotations

import re
from typing import Any

from tools.lexicon.terms import terms
from tools.linear_regex import LinearPattern

# Many lazy parts in a row: where they do not fit, Python's engine tries every way to part a question.
_AFTER = r"(?P<after>\s+(?:in|on|for|when|with|at|under|during|regarding|as|if|while)\b.*|\s*[,;:?].*|\s*)$"
_BETWEEN = LinearPattern(
    r"(?i)^(?P<before>.*?)\b(?:differences?|differ|differs|distinction|comparison|trade-?offs?)\s+"
    rf"(?:(?P<about>(?:in|of)\s+[^,?]+?)\s+)?between\s+(?P<a>.+?)\s+and\s+(?P<b>.+?){_AFTER}"
)
_REPORTS = LinearPattern(
    r"(?i)^(?:between|comparing)\s+(?P<a>the\s+.+?),?\s+and\s+(?P<b>the\s+.+?),"
    r"\s+(?P<after>(?:is|are|was|were|do|does|did|has|have|had)\b.*)$"
)
_COMPARE = LinearPattern(
    r"(?i)^(?P<before>\W*(?:please\s+|also\s+)*)(?:compare|contrast)\s+(?P<a>.+?)\s+(?:and|with|to|against)\s+"
    rf"(?P<b>.+?){_AFTER}"
)
_DIFFER = LinearPattern(
    r"(?i)^(?P<before>.*?\b(?:do|does|did|are|is|were|was)\s+)(?P<a>.+?)\s+(?:and|from)\s+(?P<b>.+?)\s+"
    r"(?:differ|different|compare|compared)\b(?P<after>.*)$"
)
_DIFFER_FROM = LinearPattern(
    r"(?i)^(?P<before>.*?\b(?:do|does|did|are|is|were|was)\s+)(?P<a>.+?)\s+(?:differ|different|compare|compared)\s+"
    rf"(?:from|to|with)\s+(?P<b>.+?){_AFTER}"
)
_VERSUS = LinearPattern(
    r"(?i)^(?P<before>.*?(?:[,:]\s*|\b(?:of|for|is|are|do|does|in|the)\s+))?(?P<a>[^,:?]+?)\s+(?:vs\.?|versus)\s+"
    rf"(?P<b>.+?){_AFTER}"
)
_RELATED = re.compile(r"\b(?:together|interact\w*|relat\w+|connect\w*|each\s+other|both)\b", re.IGNORECASE)
_AUXILIARY = re.compile(
    r"\b(?:how|in\s+wh\w+\s+ways?|what)?\s*\b(?:do|does|did|are|is|were|was)\s*$", re.IGNORECASE
)
_LONGEST_SIDE = 8


def reports(question: str) -> tuple[str, ...]:
    """Return what is asked of each of two reports, or the question itself when it names no two."""
    match = _REPORTS.match(question)
    return _asked(_REPORTS, match) if match else (question,)


def sides(question: str) -> tuple[str, ...]:
    """Return a sub-question for each of two compared things, or the question itself when it compares none."""
    if _RELATED.search(question) or _REPORTS.match(question):
        return (question,)
    for pattern in (_BETWEEN, _COMPARE, _DIFFER_FROM, _DIFFER, _VERSUS):
        match = pattern.match(question)
        if match and max(len(match["a"].split()), len(match["b"].split())) <= _LONGEST_SIDE:
            return _asked(pattern, match)
    return (question,)


def side_terms(question: str) -> tuple[frozenset[str], ...]:
    """Return for each of two compared things the terms that only it has, if both have some."""
    asked = [frozenset(terms(side)) for side in sides(question)]
    if len(asked) == 1:
        return ()
    own = (asked[0] - asked[1], asked[1] - asked[0])
    return own if all(own) else ()


def _asked(pattern: object, match: Any) -> tuple[str, str]:  # noqa: ANN401 - RE2 names no types
    """Ask of each side what was asked of both; a head that only one side spells out is shared."""
    if pattern is _REPORTS:
        return f"In {match['a']}, {match['after']}", f"In {match['b']}, {match['after']}"
    left, right = match["a"].strip(" '\""), match["b"].strip(" '\"")
    if pattern is _VERSUS and len(right.split()) > len(left.split()):
        left = " ".join([left, *right.split()[len(left.split()) :]])
    head, of, _ = left.rpartition(" of ")
    if of and " of " not in right:
        right = head + of + right
    before = "" if pattern in (_BETWEEN, _COMPARE) else _AUXILIARY.sub("", match["before"] or "").strip()
    tail = f"{match.groupdict().get('about') or ''} {match['after'].strip(' ?.')}"
    return _phrase(before, left, tail), _phrase(before, right, tail)


def _phrase(before: str, side: str, tail: str) -> str:
    lead = f"{before} what about" if before.endswith(",") else before or "What about"
    return " ".join(f"{lead} {side} {tail}".split()).replace(" ,", ",") + "?"
