"""Propose follow-up questions from what a report leaves open, without a model."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.records import Label
from guards.outside_text import is_public
from tools.lexicon.proper_names import names
from tools.lexicon.terms import is_stop, tokens
from ui.catalogue import N_, _
from ui.chat.report_view.claim_badges import BadgeKind, badge
from ui.chat.report_view.numbered_passages import Report
from ui.report.answer_parts import AnswerPart, parts
from ui.report.claim_lines import claim_text

MOST = 4
_MOST_NAMES = 3
_MOST_FRESH = 2
_MOST_CHARACTERS = 300

# A name is a few plain words: a source cannot put a sentence into a question.
_NAME = re.compile(r"[^\W\d_](?:[^\W_]|['’-])*(?: (?:[^\W_]|['’-])+){0,2}")  # noqa: RUF001 - both apostrophes
_SHORTEST_NAME = 3
_LONGEST_NAME = 40

_CHANGED = N_("What has changed over time here: ")
_CONFIRMED = N_("Is there a second source for this: ")
_ABOUT = N_("What do the sources say about {name}?")


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """Hold a follow-up question; `private` says that it has a name from the person's own documents alone."""

    question: str
    private: bool = False


def follow_ups(report: Report) -> tuple[FollowUp, ...]:
    """Return at most four questions, the most important first."""
    found = parts(report)
    asked = report["question"]
    named = dict(_named(report))
    proposals = dict.fromkeys(
        [*_unanswered(found), *_disputed(report, found), *named, *_single_source(report, found)]
    )
    fitting = [each for each in proposals if len(each) <= _MOST_CHARACTERS and each != asked]
    return tuple(FollowUp(question=each, private=named.get(each, False)) for each in fitting[:MOST])


def _unanswered(found: Sequence[AnswerPart]) -> Iterator[str]:
    """Ask again each line of inquiry without an answer, where there were several lines."""
    yield from (part.question for part in found if part.question and part.silent)


def _disputed(report: Report, found: Sequence[AnswerPart]) -> Iterator[str]:
    """Ask how things changed where the sources disagree."""
    disputed = {
        place
        for place, claim in enumerate(report["claims"], start=1)
        if claim["verdict"] == Label.CONTRADICTED or claim.get("against")
    }
    for part in found:
        if any(sentence.claim in disputed for sentence in part.sentences):
            yield from _about(_CHANGED, part.question or report["question"])
            return


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
    yield from ((_(_ABOUT).format(name=name), name not in open_) for name in list(chosen)[:_MOST_NAMES])


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


def _single_source(report: Report, found: Sequence[AnswerPart]) -> Iterator[str]:
    """Ask for a second source where an answer rests on one source."""
    for part in found:
        claims = [report["claims"][each.claim - 1] for each in part.sentences if each.claim]
        sources = set[str]().union(*map(_sources, claims))
        if len(sources) == 1 and all(badge(claim).kind is BadgeKind.SINGLE for claim in claims):
            yield from _about(_CONFIRMED, part.question or report["question"])
            return


def _about(opening: str, question: str) -> Iterator[str]:
    """Yield the opening with the question, unless the question is a follow-up itself."""
    if not question.startswith((_(_CHANGED), _(_CONFIRMED))):
        yield f"{_(opening)}{question}"
