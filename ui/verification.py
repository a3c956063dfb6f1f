"""Verify a published report and put what was found into words."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from guards.citations import Finding, Kind, claims_of, verify_report
from ui.conformance import Schema
from ui.published import Published, read_published
from ui.report_markdown import report_markdown


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """Hold what was compared and what does not hold."""

    citations: int
    sources: int
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]

    def json(self) -> dict[str, Any]:
        """Return the result as JSON."""
        return {**asdict(self), "verified": not self.findings}

    def lines(self) -> list[str]:
        """Return one line for each finding, naming claim and source, the notes, and what it comes to."""
        compared = f"{_count(self.citations, 'citation')} of {_count(self.sources, 'source')}"
        verdict = f"{compared} verified"
        if self.findings:
            verdict = f"NOT verified: {_count(len(self.findings), 'finding')} in {compared}"
        return [*map(_line, self.findings), *self.notes, verdict]


def verify_folder(path: Path) -> Verification:
    """Compare a published report with its sources; raise Misconfigured when it is no report."""
    published = read_published(path)
    departures = Schema.published().departures(published.report)
    findings = [Finding(kind=Kind.INVALID_REPORT, detail=departure) for departure in departures]
    findings += verify_report(published.report, published.stored)
    return Verification(
        citations=_citations(published.report),
        sources=len(published.stored),
        findings=tuple(findings),
        notes=() if findings else _notes(published),
    )


def _citations(report: dict[str, Any]) -> int:
    try:
        return sum(len(claim.citations) for claim in claims_of(report))
    except ValueError:
        return 0


def _notes(published: Published) -> tuple[str, ...]:
    """Warn of a page that says something else than the record, if only because of another release."""
    if published.page is None or published.page == report_markdown(published.report):
        return ()
    return ("note: report.md is not what this release writes for report.json: trust report.json",)


def _line(finding: Finding) -> str:
    claim = f" claim {finding.claim}" if finding.claim else ""
    source = f" source {finding.source}" if finding.source else ""
    return f"{finding.kind}:{claim}{source}{':' if claim or source else ''} {finding.detail}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
