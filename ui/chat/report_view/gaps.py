"""Group what a report does not know under titles for readers."""

from __future__ import annotations

from dataclasses import dataclass

from ui.chat.report_view.numbered_passages import Report

# In the order of reading: what was not answered first, problems of the work last.
TITLES = {
    "refused": "Refused",
    "rejected": "Rejected by a person",
    "unanswered": "Not answered by the sources",
    "contradicted": "Sources disagree",
    "unverified_claim": "Not supported well enough",
    "unchecked_wording": "Worded by the model, not checked",
    "unverified": "Dropped: the passage did not stand up to a second look",
    "single_source": "Resting on one source",
    "models_disagree": "Found by comparing words, and by no model",
    "low_credibility": "Resting on sources of low credibility",
    "stopped": "Stopped before the end",
    "plan_cut": "Left out of the plan",
    "follow_up_skipped": "Follow-ups not made",
    "no_documents": "No documents",
    "unavailable": "Services that did not answer",
    "call_failed": "Calls that failed",
    "call_denied": "Calls that are not allowed",
    "call_skipped": "Calls that were not made",
    "call_stopped": "Calls that were stopped",
    "evidence_dropped": "Evidence dropped",
    "left_out": "Passages a model was not shown",
    "too_long_to_quote": "Statements too long to quote whole",
    "unreadable": "Files that could not be read",
    "other_language": "Asked in another language than the documents",
    "addressed": "Sentences that speak to a program, not read",
    "screened": "Text held back by the screen",
    "degraded": "Models that failed",
}
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
    return tuple(Gap(kind=kind, title=_title(kind), details=tuple(details[kind])) for kind in kinds)


def _title(kind: str) -> str:
    return TITLES.get(kind) or kind.replace("_", " ").capitalize()
