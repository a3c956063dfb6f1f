"""Propose follow-up questions about the names in a report, without a model.

A proposal is offered only where the sources of the report answer it: see `present_report.py`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from guards.outside_text import is_public
from tools.lexicon.proper_names import names
from tools.lexicon.terms import is_stop, tokens
from ui.catalogue import N_, _
from ui.chat.report_view.numbered_passages import Report
from ui.report.claim_lines import claim_text

MOST = 4
"""How many are offered."""
_MOST_PROPOSALS = 8
_MOST_FRESH = 6

# A name is a few plain words: a source cannot put a sentence into a question.
_NAME = re.compile(r"[^\W\d_](?:[^\W_]|['’-])*(?: (?:[^\W_]|['’-])+){0,2}")  # noqa: RUF001 - both apostrophes
_SHORTEST_NAME = 3
_LONGEST_NAME = 40

_ABOUT = N_("What is {name}?")


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """Hold a follow-up question; `private` says that it has a name from the person's own documents alone."""

    question: str
    private: bool = False


def follow_ups(report: Report) -> tuple[FollowUp, ...]:
    """Return at most eight proposals, the most important first."""
    asked = report["question"]
    proposals = {question: private for question, private in _named(report) if question != asked}
    found = (FollowUp(question=question, private=private) for question, private in proposals.items())
    return tuple(islice(found, _MOST_PROPOSALS))


def _named(report: Report) -> Iterator[tuple[str, bool]]:
    """Ask about new names, the most frequent first, then about names of the question.

    Yields each question and whether it is private: neither the question nor a web source has the name.
    """
    asked = report["question"]
    known = _stems(asked)
    counted = Counter(name for claim in report["claims"] for name in _names(claim_text(claim)))
    fresh = sorted((name for name in counted if not _stems(name) & known), key=lambda name: -counted[name])
    chosen = dict.fromkeys([*fresh[:_MOST_FRESH], *_names(asked)])
    open_ = {*_names(asked), *_named_in_public(report)}
    yield from ((_(_ABOUT).format(name=name), name not in open_) for name in chosen)


def _named_in_public(report: Report) -> Iterator[str]:
    """Yield the names in claims that cite a web source."""
    public = {source["id"] for source in report["sources"] if is_public(source["location"])}
    for claim in report["claims"]:
        if _sources(claim) & public:
            yield from _names(claim_text(claim))


def _sources(claim: Mapping[str, Any]) -> set[str]:
    return {cited["source"] for cited in claim["citations"]}


def _names(text: str) -> list[str]:
    return [name for start, end in names(text) if _is_name(name := text[start:end])]


def _is_name(text: str) -> bool:
    """Tell whether a text is a name of a fitting length, and no field of a table."""
    fits = _SHORTEST_NAME <= len(text) <= _LONGEST_NAME and any(map(str.isupper, text))
    return fits and bool(_NAME.fullmatch(text)) and not is_stop(text)


def _stems(text: str) -> set[str]:
    return {token.stem for token in tokens(text)}
