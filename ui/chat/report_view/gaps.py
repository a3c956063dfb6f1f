"""Group what a report does not know under titles for readers."""

from __future__ import annotations

from dataclasses import dataclass

from ui.chat.report_view.numbered_passages import Report
from ui.report.gap_titles import TITLES, gap_title

_ORDER = {kind: place for place, kind in enumerate(TITLES)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Hold what is unknown, of one kind."""

    kind: str
    title: str
    details: tuple[str, ...]


def gaps(report: Report) -> tuple[Gap, ...]:
    """Return what the report does not know, by kind; kinds without a title come last."""
    details: dict[str, list[str]] = {}
    for unknown in report["unknowns"]:
        details.setdefault(unknown["kind"], []).append(unknown["detail"])
    kinds = sorted(details, key=lambda kind: _ORDER.get(kind, len(_ORDER)))
    return tuple(Gap(kind=kind, title=gap_title(kind), details=tuple(details[kind])) for kind in kinds)
