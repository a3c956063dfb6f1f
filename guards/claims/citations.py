"""Does a report say what its stored sources say, word for word?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import Any, Protocol

from graph.errors import Unusable
from graph.records import Label, Span, Status
from graph.untrusted import Untrusted
from guards.claims.answer_lines import check_answer
from guards.claims.findings import Finding, FindingKind
from guards.claims.quotes import is_whole
from guards.claims.report_claims import Citation, Cited, claims_of, is_verbatim, listed, nearest_of, value
from guards.wording.wording import is_wording_covered

MOST_FINDINGS = 200
"""The most findings that are named: a report with more errors need not be read to its end."""
FIRST = "attest.report/1"
"""A report of this version may count a source that it does not cite."""
_MOST_SOUGHT = 20  # quotes that are looked for elsewhere, in every source
_MOST_WORDED, _MOST_QUOTED = 5_000, 20_000  # characters; the time to compare words grows with their square


class StoredSources(Protocol):
    """Return the stored bytes of sources by id. Each is read once, and again where quotes moved."""

    def get(self, source: str, /) -> bytes | None:
        """Return the bytes of a source, or None where they are not stored."""


_Places = Mapping[str, list[tuple[Cited, Citation]]]


def cite(span: Span, text: Untrusted) -> Citation:
    """Quote `text[start:end]`; raise Unusable when the span does not lie in the text, or cuts a sentence."""
    if not 0 <= span.start < span.end <= len(text):
        place = f"{span.start}..{span.end} does not lie in its {len(text)} characters"
        raise Unusable(f"source {span.source}: {place}: the passage is dropped")
    if not is_whole(text.reveal(), span.start, span.end):
        raise Unusable(f"source {span.source}: {span.start}..{span.end} cuts a sentence: it is dropped")
    quote = Untrusted(text.reveal()[span.start : span.end])
    bounds = (span.start, span.end)
    return Citation(source=span.source, start=span.start, end=span.end, quote=quote, sentence=bounds)


def verify_report(report: Mapping[str, Any], stored: StoredSources) -> list[Finding]:
    """Compare a report with the stored bytes of its sources; no finding means that all of it holds.

    At most 200 findings are returned. One source is held at a time.
    """
    try:
        claims, near, sources = claims_of(report), nearest_of(report), listed(report)
        answer, status = value(report, "answer", str), value(report, "status", str)
    except ValueError as error:
        return [Finding(kind=FindingKind.INVALID_REPORT, detail=str(error))]
    if report.get("schema") == FIRST:
        claims = tuple(replace(claim, sources=0) for claim in claims)
    shown = (*claims, near) if near else claims
    changed = () if status == Status.REFUSED else check_answer(answer, claims)
    found = islice(chain(_findings(shown, sources, stored), changed), MOST_FINDINGS)
    order = {claim.id: at for at, claim in enumerate(claims)}
    return sorted(dict.fromkeys(found), key=lambda finding: order.get(finding.claim, len(order)))


def _findings(
    claims: Sequence[Cited], sources: Mapping[str, None], stored: StoredSources
) -> Iterator[Finding]:
    places: dict[str, list[tuple[Cited, Citation]]] = {source: [] for source in sources}
    for claim in claims:
        yield from _claimed(claim)
        for citation in claim.citations:
            places.setdefault(citation.source, []).append((claim, citation))
            if citation.source not in sources:
                yield _finding(
                    FindingKind.INVALID_REPORT, claim, citation, "it is not among the report's sources"
                )
    yield from _quoted(places, stored)


def _claimed(claim: Cited) -> Iterator[Finding]:
    """Find a claim without evidence, or one that says what its quotes do not say."""
    if not claim.citations and claim.verdict != Label.UNVERIFIED:
        detail = f"the claim is {claim.verdict} and rests on no citation"
        yield Finding(kind=FindingKind.NO_CITATION, claim=claim.id, detail=detail)
    if claim.sources > claim.cited_sources:
        detail = (
            f"{claim.sources} sources are said to support it, and only {claim.cited_sources} are cited for it"
        )
        yield Finding(kind=FindingKind.UNCITED_SOURCE, claim=claim.id, detail=detail)
    if not claim.citations or is_verbatim(claim):
        return
    if problem := _misworded(claim):
        detail = f"the claim is not what its quotes say: {problem}"
        source = claim.citations[0].source
        yield Finding(kind=FindingKind.CHANGED_CLAIM, claim=claim.id, source=source, detail=detail)


def _misworded(claim: Cited) -> str:
    """Say what a reworded claim adds to its quotes."""
    if claim.unchecked:
        return (
            "" if claim.verdict == Label.UNVERIFIED else "its wording is unchecked, yet it is not unverified"
        )
    quotes = [citation.quote.reveal() for citation in claim.own]
    if len(claim.text) > _MOST_WORDED or sum(map(len, quotes)) > _MOST_QUOTED:
        return "it is longer than what a model may word"
    return is_wording_covered(claim.text, quotes).reason


def _quoted(places: _Places, stored: StoredSources) -> Iterator[Finding]:
    """Compare every quote with its source, one source at a time; then look for misplaced quotes elsewhere."""
    lost: list[tuple[Cited, Citation]] = []
    for source, cited in places.items():
        yield from _compared(source, cited, stored, lost)
    yield from _sought(lost, places, stored)


def _compared(
    source: str,
    cited: Sequence[tuple[Cited, Citation]],
    stored: StoredSources,
    lost: list[tuple[Cited, Citation]],
) -> Iterator[Finding]:
    """Compare the quotes of one source; add those that are misplaced to `lost`."""
    text = _authentic(source, data := stored.get(source))
    if text is None:
        yield from _absent(source, cited, gone=data is None)
        return
    for claim, citation in cited:
        if not _stands(citation, text):
            lost.append((claim, citation))
        elif problem := _cut(citation, text):
            yield _finding(FindingKind.CUT_QUOTE, claim, citation, problem)


def _authentic(source: str, data: bytes | None) -> str | None:
    """Return the text of the bytes if their hash is the id of the source."""
    if data is None or hashlib.sha256(data).hexdigest() != source:
        return None
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None


def _absent(source: str, cited: Sequence[tuple[Cited, Citation]], *, gone: bool) -> Iterator[Finding]:
    kind = FindingKind.MISSING_SOURCE if gone else FindingKind.CHANGED_SOURCE
    why = (
        "its text is not stored with the report"
        if gone
        else ("its stored text is not the text that was cited (sha256 differs)")
    )
    if not cited:
        yield Finding(kind=kind, source=source, detail=why)
    for claim, citation in cited:
        yield _finding(kind, claim, citation, why)


def _stands(citation: Citation, text: str) -> bool:
    quote = citation.quote.reveal()
    return citation.end - citation.start == len(quote) and text.startswith(quote, citation.start)


def _cut(citation: Citation, text: str) -> str:
    """Say which part of its sentence a quote leaves out."""
    first, last = citation.sentence or (citation.start, citation.end)
    if citation.start > first or citation.end < last:
        return f"it is cut out of the sentence at {first}..{last}"
    if not is_whole(text, first, last) or not is_whole(text, citation.start, citation.end):
        return f"the words at {citation.start}..{citation.end} begin or end within a sentence"
    return ""


def _sought(
    lost: Sequence[tuple[Cited, Citation]], places: _Places, stored: StoredSources
) -> Iterator[Finding]:
    """Say for each misplaced quote where else it stands."""
    found: dict[int, Finding] = {}
    for source in places if lost else ():
        _seek(lost, source, stored, found)
    for at, (claim, citation) in enumerate(lost):
        detail = f"the quote at {citation.start}..{citation.end} stands in no stored source"
        yield found.get(at) or _finding(FindingKind.CHANGED_QUOTE, claim, citation, detail)


def _seek(
    lost: Sequence[tuple[Cited, Citation]], source: str, stored: StoredSources, found: dict[int, Finding]
) -> None:
    """Look for the first misplaced quotes in one source; add where they stand to `found`."""
    if (text := _authentic(source, stored.get(source))) is None:
        return
    for at, (claim, citation) in enumerate(lost[:_MOST_SOUGHT]):
        begin = text.find(citation.quote.reveal())
        if (at not in found or citation.source == source) and begin >= 0:
            found[at] = _moved(claim, citation, source, begin)


def _moved(claim: Cited, citation: Citation, source: str, begin: int) -> Finding:
    if source != citation.source:
        return _finding(FindingKind.WRONG_SOURCE, claim, citation, f"the quote stands in source {source}")
    place = f"{begin}..{begin + len(citation.quote)}, not at {citation.start}..{citation.end}"
    return _finding(FindingKind.MOVED_OFFSET, claim, citation, f"the quote stands at {place}")


def _finding(kind: FindingKind, claim: Cited, citation: Citation, detail: str) -> Finding:
    return Finding(kind=kind, claim=claim.id, source=citation.source, detail=detail)
