"""Turn a comparison into one sub-question for each side."""

from __future__ import annotations

import re

_ENDS = r"(?=\s+(?:in|on|for|when|with|at|under|during|regarding|as|if|while)\b|\s*[,;:?]|\s*$)"
_BETWEEN = re.compile(
    r"^(?P<before>.*?)\b(?:differences?|differ|differs|distinction|comparison|trade-?offs?)\s+"
    rf"(?:(?P<about>(?:in|of)\s+[^,?]+?)\s+)?between\s+(?P<a>.+?)\s+and\s+(?P<b>.+?){_ENDS}(?P<after>.*)$",
    re.IGNORECASE,
)
_REPORTS = re.compile(
    r"^(?:between|comparing)\s+(?P<a>the\s+.+?),?\s+and\s+(?P<b>the\s+.+?),"
    r"\s+(?P<after>(?:is|are|was|were|do|does|did|has|have|had)\b.*)$",
    re.IGNORECASE,
)
_COMPARE = re.compile(
    r"^(?P<before>\W*(?:please\s+|also\s+)*)(?:compare|contrast)\s+(?P<a>.+?)\s+(?:and|with|to|against)\s+"
    rf"(?P<b>.+?){_ENDS}(?P<after>.*)$",
    re.IGNORECASE,
)
_DIFFER = re.compile(
    r"^(?P<before>.*?\b(?:do|does|did|are|is|were|was)\s+)(?P<a>.+?)\s+(?:and|from)\s+(?P<b>.+?)\s+"
    r"(?:differ|different|compare|compared)\b(?P<after>.*)$",
    re.IGNORECASE,
)
_DIFFER_FROM = re.compile(
    r"^(?P<before>.*?\b(?:do|does|did|are|is|were|was)\s+)(?P<a>.+?)\s+(?:differ|different|compare|compared)\s+"
    rf"(?:from|to|with)\s+(?P<b>.+?){_ENDS}(?P<after>.*)$",
    re.IGNORECASE,
)
_VERSUS = re.compile(
    r"^(?P<before>.*?(?:[,:]\s*|\b(?:of|for|is|are|do|does|in|the)\s+))?(?P<a>[^,:?]+?)\s+(?:vs\.?|versus)\s+"
    rf"(?P<b>.+?){_ENDS}(?P<after>.*)$",
    re.IGNORECASE,
)
_RELATED = re.compile(r"\b(?:together|interact\w*|relat\w+|connect\w*|each\s+other|both)\b", re.IGNORECASE)
_AUXILIARY = re.compile(
    r"\b(?:how|in\s+wh\w+\s+ways?|what)?\s*\b(?:do|does|did|are|is|were|was)\s*$", re.IGNORECASE
)
_LONGEST_SIDE = 8


def sides(question: str) -> tuple[str, ...]:
    """Return a sub-question for each of two compared things, or the question itself when it compares none."""
    if _RELATED.search(question) and not _REPORTS.match(question):
        return (question,)
    for pattern in (_REPORTS, _BETWEEN, _COMPARE, _DIFFER_FROM, _DIFFER, _VERSUS):
        match = pattern.match(question)
        if match and (
            pattern is _REPORTS or max(len(match["a"].split()), len(match["b"].split())) <= _LONGEST_SIDE
        ):
            return _asked(match)
    return (question,)


def _asked(match: re.Match[str]) -> tuple[str, str]:
    """Ask of each side what was asked of both; a head that only one side spells out is shared."""
    if match.re is _REPORTS:
        return f"In {match['a']}, {match['after']}", f"In {match['b']}, {match['after']}"
    left, right = match["a"].strip(" '\""), match["b"].strip(" '\"")
    if match.re is _VERSUS and len(right.split()) > len(left.split()):
        left = " ".join([left, *right.split()[len(left.split()) :]])
    head, of, _ = left.rpartition(" of ")
    if of and " of " not in right:
        right = head + of + right
    before = "" if match.re in (_BETWEEN, _COMPARE) else _AUXILIARY.sub("", match["before"] or "").strip()
    tail = f"{match.groupdict().get('about') or ''} {match['after'].strip(' ?.')}"
    return _phrase(before, left, tail), _phrase(before, right, tail)


def _phrase(before: str, side: str, tail: str) -> str:
    lead = f"{before} what about" if before.endswith(",") else before or "What about"
    return " ".join(f"{lead} {side} {tail}".split()).replace(" ,", ",") + "?"
