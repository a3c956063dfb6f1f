"""Weigh verbatim claims: do they answer, who else says so, who says otherwise?

A claim that an older source makes and a newer one contradicts is CONTRADICTED by the newer, which stays
SUPPORTED and names the older in `against`. An older edition of the same work is CONTRADICTED by the newer
edition, which does not name it: it is superseded, not a second opinion. Undated conflicts go both ways. What
is too unlikely to answer contradicts nothing. A source confirms a claim only by a sentence of its own that
says all the claim says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from graph.off_loop import run_off_loop
from graph.reading import Excerpt
from graph.records import Claim, Label, Run, Verdict
from tools.lexicon.sentences import sentences
from tools.models.extractive.calibration import calibration
from tools.models.extractive.editions import asks_for_past, work
from tools.models.extractive.resemblance import Words, near_copies, words
from tools.models.extractive.rival_answers import are_other_answers
from tools.models.extractive.rival_values import are_rivals
from tools.statements.statement import Statement, statement
from tools.statements.statement_comparison import agree, disagree, repeats, same_topic

_CONFLICT = 0.6
_OLDER = 0.5
_CONFIRMED = 0.5
_MOST_PARTS = 6  # sentences of a claim that are compared one by one


@dataclass(frozen=True, slots=True, kw_only=True)
class _Weighed:
    """Hold a claim with what is compared of it."""

    claim: Claim
    says: Statement
    parts: tuple[str, ...]
    words: Words
    source: str
    work: tuple[str, ...]
    date: str


@dataclass(slots=True, kw_only=True)
class _Finding:
    """Collect what other claims do to one claim."""

    against: list[str] = field(default_factory=list)
    contradicted: bool = False
    factor: float = 1.0


class ExtractiveJudge:
    """Compare claims with each other; hold no tools."""

    async def judge(
        self,
        run: Run,  # noqa: ARG002 - the Protocol's; it calls nothing
        question: str,
        claims: Sequence[tuple[Claim, Excerpt]],
    ) -> tuple[Verdict, ...]:
        """Say for each claim whether it answers, how many sources agree and which claims do not."""
        size = sum(len(excerpt.text) for _, excerpt in claims)
        return await run_off_loop(size, partial(_judged, question, claims))


def _judged(question: str, claims: Sequence[tuple[Claim, Excerpt]]) -> tuple[Verdict, ...]:
    if not claims:
        return ()
    weighed = [_weigh(claim, excerpt) for claim, excerpt in claims]
    findings = _conflicts(question, weighed)
    return tuple(_verdict(one, weighed, findings[one.claim.id]) for one in weighed)


def _weigh(claim: Claim, excerpt: Excerpt) -> _Weighed:
    text, offset = excerpt.text.reveal(), excerpt.passage.span.start
    here = [span for span in claim.spans if span.source == excerpt.passage.span.source]
    said = " ".join(text[max(0, span.start - offset) : span.end - offset] for span in here) or text
    return _Weighed(
        claim=claim,
        says=statement(said),
        parts=tuple(said[start:end] for start, end in sentences(said)[:_MOST_PARTS]),
        words=words(said),
        source=excerpt.passage.span.source,
        work=work(excerpt.title.reveal()),
        date=(excerpt.published or "")[:10],
    )


def _conflicts(question: str, weighed: Sequence[_Weighed]) -> dict[str, _Finding]:
    findings, support = {one.claim.id: _Finding() for one in weighed}, calibration().support
    past = asks_for_past(question)
    for at, left in enumerate(weighed):
        for right in weighed[at + 1 :]:
            if left.source == right.source or min(left.claim.relevance, right.claim.relevance) < support:
                continue
            older, newer = (left, right) if left.date < right.date else (right, left)
            dated = bool(older.date) and older.date < newer.date
            if dated and not past and _supersedes(newer, older):
                _lose(findings, older, newer)
            elif _contradicts(question, left, right):
                _clash(findings, older, newer, dated=dated)
    return findings


def _contradicts(question: str, left: _Weighed, right: _Weighed) -> bool:
    """Tell whether a sentence of each cannot both be right, as statements or as answers to a question."""
    same_page = bool(left.work) and left.work == right.work
    return any(
        _disagree(mine, theirs, same_page=same_page)
        or are_rivals(question, mine, theirs)
        or are_other_answers(question, mine, theirs)
        for mine in left.parts
        for theirs in right.parts
    )


def _disagree(mine: str, theirs: str, *, same_page: bool) -> bool:
    one, other = statement(mine), statement(theirs)
    return (same_page or not (one.open or other.open)) and disagree(one, other)


def _supersedes(newer: _Weighed, older: _Weighed) -> bool:
    """Tell whether a claim of an older edition gives way: the newer edition speaks of the same."""
    same_work = bool(newer.work) and newer.work == older.work
    return same_work and (
        same_topic(newer.says, older.says) or newer.claim.relevance >= older.claim.relevance
    )


def _lose(findings: dict[str, _Finding], older: _Weighed, newer: _Weighed) -> None:
    finding = findings[older.claim.id]
    finding.against.append(newer.claim.id)
    finding.contradicted = True
    finding.factor *= _OLDER


def _clash(findings: dict[str, _Finding], older: _Weighed, newer: _Weighed, *, dated: bool) -> None:
    first, second = findings[older.claim.id], findings[newer.claim.id]
    first.against.append(newer.claim.id)
    second.against.append(older.claim.id)
    first.contradicted = True
    first.factor *= _OLDER if dated else _CONFLICT
    second.contradicted = second.contradicted or not dated
    second.factor *= 1.0 if dated else _CONFLICT


def _verdict(one: _Weighed, others: Sequence[_Weighed], finding: _Finding) -> Verdict:
    confirming = _independent(one, [o for o in others if _comparable(one, o) and repeats(o.says, one.says)])
    alone, sources = one.claim.relevance, 1 + len(confirming)
    confidence = (alone + (1 - alone) * _CONFIRMED * (1 - 1 / sources)) * finding.factor
    label = Label.SUPPORTED if alone >= calibration().support else Label.UNVERIFIED
    return Verdict(
        claim=one.claim.id,
        label=Label.CONTRADICTED if finding.contradicted else label,
        confidence=round(confidence, 4),
        against=tuple(finding.against),
        sources=sources,
        confirmed=tuple(
            span for other in confirming for span in other.claim.spans if span.source == other.source
        ),
        same=tuple(other.claim.id for other in others if _is_same(one, other)),
    )


def _independent(one: _Weighed, others: Sequence[_Weighed]) -> list[_Weighed]:
    """Return one claim of each source that is no copy and no other edition of one that counts already."""
    kept = [one]
    for other in others:
        if not any(_is_dependent(other, known) for known in kept):
            kept.append(other)
    return kept[1:]


def _is_dependent(one: _Weighed, other: _Weighed) -> bool:
    edition = bool(one.work) and one.work == other.work and one.date != other.date
    return one.source == other.source or edition or near_copies(one.words, other.words)


def _is_same(one: _Weighed, other: _Weighed) -> bool:
    return one is not other and _comparable(one, other) and agree(one.says, other.says)


def _comparable(one: _Weighed, other: _Weighed) -> bool:
    """Tell whether both speak of one thing, where a sentence leaves its subject to its page ("It …")."""
    return not (one.says.open or other.says.open) or (bool(one.work) and one.work == other.work)
