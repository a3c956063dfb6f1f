"""Recognise an older edition of a document among excerpts that hold a newer one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.reading import Excerpt
from tools.lexicon.terms import terms

_MARKS = re.compile(
    r"\b(?:19|20)\d\d\b|\bv(?:ersion)?\.?\s*\d[\d.]*|\b(?:rev(?:ision)?|edition)\.?\s*\d*\b"
    r"|\b(?:superseded|withdrawn|deprecated|obsolete|archived?|former|old|draft|legacy)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:previous(?:ly)?|former(?:ly)?|earlier|old(?:er)?|original(?:ly)?|superseded|withdrawn|used to"
    r"|in the past|back then|history)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def work(title: str) -> tuple[str, ...]:
    """Return the terms of a title without the marks of an edition: equal for editions of one work."""
    return tuple(sorted(set(terms(_MARKS.sub(" ", title)))))


def superseded(excerpts: Sequence[Excerpt]) -> dict[str, str]:
    """Return the newest edition's source id for each source that is an older, dated edition of a work."""
    editions: dict[tuple[str, ...], dict[str, str]] = {}
    for excerpt in excerpts:
        key = work(excerpt.title.reveal())
        if key and excerpt.published:
            editions.setdefault(key, {})[excerpt.passage.span.source] = excerpt.published[:10]
    return {
        source: newest
        for dated in editions.values()
        for newest in [max(dated, key=lambda source: (dated[source], source))]
        for source, date in dated.items()
        if date < dated[newest]
    }


def asks_for_past(question: str) -> bool:
    """Tell whether a question wants how things were, so that an older edition may answer it."""
    return bool(_PAST.search(question) or _YEAR.search(question))
