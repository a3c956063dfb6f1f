"""Verify a published report and describe the findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from guards.claims.citations import verify_report
from guards.claims.findings import Finding, FindingKind
from guards.claims.report_claims import claims_of
from guards.claims.sealed_report import AuditEntry, check_known, check_seal
from ui.report.chain_file import CHAIN
from ui.report.exports.html_page import FORM as HTML_FORM
from ui.report.exports.html_page import report_html
from ui.report.page_match import PageMatch, match_page
from ui.report.publish import HTML, PAGE, RECORD
from ui.report.published_report import ABSENT, SCHEMAS, Published, Texts, published
from ui.report.report_markdown import FORM, report_markdown
from ui.report.schema_check import departures

UNSIGNED = (
    "note: nothing is signed: record, page, chain and sources fit together, and whoever made them all anew"
    " left no trace here; verify it where the run was made, or ask there for its audit_head"
)
EARLIER = (
    "note: this record is of version 1: its quotes, claims and answer are bound to the sources, and nothing"
    " seals the rest"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """Hold the counts of what was compared, and the findings."""

    citations: int
    sources: int
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]

    def json(self) -> dict[str, Any]:
        """Return the result as JSON."""
        return {**asdict(self), "verified": not self.findings}

    def lines(self) -> list[str]:
        """Return a line for each finding, naming claim and source, then the notes and the result."""
        compared = f"{_count(self.citations, 'citation')} of {_count(self.sources, 'source')}"
        verdict = f"{compared} verified"
        if self.findings:
            verdict = f"NOT verified: {_count(len(self.findings), 'finding')} in {compared}"
        return [*map(_line, self.findings), *self.notes, verdict]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredChain:
    """Hold the audit chain of a run in the database of this machine, or why it cannot be read."""

    chain: tuple[AuditEntry, ...] = ()
    problem: str = ""


Pages = Sequence[tuple[str, PageMatch]]

Ask = Callable[[str], StoredChain]
"""Ask the database of this machine about a run, by its id."""


def nobody(_: str) -> StoredChain:
    """Return no chain."""
    return StoredChain()


def verify_folder(path: Path, ask: Ask = nobody) -> Verification:
    """Compare a published report with the files beside it; raise Misconfigured when it is no report."""
    with published(path) as found:
        broken = [Finding(kind=FindingKind.INVALID_REPORT, detail=told) for told in departures(found.report)]
        quoted = verify_report(found.report, found.stored)
        hints = [each for each in quoted if each.kind is FindingKind.CUT_QUOTE and _is_earlier(found)]
        wrong = [*broken, *(each for each in quoted if each not in hints)]
        known = StoredChain() if broken else ask(found.report["run_id"])
        pages = () if wrong else tuple(_pages(found))
        findings = (*wrong, *(() if broken else _whole(found, known, pages)))
        notes = () if findings else _notes(found, known, pages)
        return Verification(
            citations=_citations(found.report),
            sources=len(found.stored.sizes),
            findings=findings,
            notes=(*(f"note: {_line(each)}" for each in hints), *notes),
        )


def _whole(found: Published, known: StoredChain, pages: Pages) -> Iterator[Finding]:
    """Compare the record with its page, its chain and the database of this machine."""
    chain = () if isinstance(found.chain, str) else found.chain
    if not _is_earlier(found):
        for name, how in pages:
            if how is PageMatch.FORGED:
                yield Finding(kind=FindingKind.CHANGED_PAGE, detail=f"{name} is not what {RECORD} says")
    if not (
        _is_earlier(found) and found.chain == ABSENT
    ):  # version 1 had none: where there is one, it was of 2
        if isinstance(found.chain, str):
            yield Finding(
                kind=FindingKind.BROKEN_CHAIN, detail=f"{CHAIN}, which seals the report, {found.chain}"
            )
        else:
            yield from check_seal(found.report, chain)
    if known.chain:
        yield from check_known(found.report, chain, known.chain)


def _notes(found: Published, known: StoredChain, pages: Pages) -> Iterator[str]:
    """Return notes on what was not compared or is not proved."""
    if known.problem:
        yield f"note: the database of this machine was not asked: {known.problem}"
    for name, how in pages:
        if how is not PageMatch.SAME:
            yield f"note: {name} was written by another release and is not compared: trust {RECORD}"
    if _is_earlier(found):
        yield EARLIER
    if not known.chain:
        yield UNSIGNED
    elif not _is_earlier(found):
        yield "note: the database of this machine holds this run, and it ended with this report"


def _pages(found: Published) -> Iterator[tuple[str, PageMatch]]:
    """Compare each page beside the record with the record; one source is open at a time."""
    if found.page is not None:
        yield PAGE, match_page(found.page, lambda: report_markdown(found.report), FORM)
    if found.html is not None:
        texts = Texts(found.stored, [source["id"] for source in found.report["sources"]])
        yield HTML, match_page(found.html, lambda: report_html(found.report, texts), HTML_FORM)


def _is_earlier(found: Published) -> bool:
    return bool(found.report["schema"] == SCHEMAS[0])


def _citations(report: dict[str, Any]) -> int:
    try:
        return sum(len(claim.citations) for claim in claims_of(report))
    except ValueError:
        return 0


def _line(finding: Finding) -> str:
    claim = f" claim {finding.claim}" if finding.claim else ""
    source = f" source {finding.source}" if finding.source else ""
    return f"{finding.kind}:{claim}{source}{':' if claim or source else ''} {finding.detail}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
