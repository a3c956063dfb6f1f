"""Say how far a report answers its question, for every version of the record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.records import Status
from guards.visible_text import one_line

Report = Mapping[str, Any]

ADVICE = {
    Status.ANSWERED: "",
    Status.PARTLY: "What is missing stands under what this report does not know.",
    Status.UNANSWERED: "Ask in other words, or let it look in more sources.",
    Status.UNREACHED: "Ask again later; attest tools shows how each source stands.",
    Status.NO_DOCUMENTS: "Add documents to the folder and ask again.",
    Status.REFUSED: "",
    Status.STOPPED: "It can go on: attest resume {run} --budget USD.",
}
"""What a person may do about each."""

LOOKS = {
    Status.ANSWERED: "good",
    Status.PARTLY: "open",
    Status.UNANSWERED: "open",
    Status.UNREACHED: "bad",
    Status.NO_DOCUMENTS: "open",
    Status.REFUSED: "bad",
    Status.STOPPED: "open",
}
"""How each is marked: good news, something open, or bad news."""


def status(report: Report) -> Status:
    """Return the status of a report in today's words; version 1 of the record used two others."""
    said = str(report["status"])
    if said not in {"complete", "partial"}:
        return Status(said)
    if not report["claims"]:
        return Status.UNANSWERED
    return Status.ANSWERED if said == "complete" else Status.PARTLY


def reason(report: Report) -> str:
    """Return the reason of the status on one line; nothing for version 1 of the record, which has none."""
    return one_line(report.get("reason", ""))


def advice(report: Report) -> str:
    """Say what a person may do next; nothing where nothing needs to be done."""
    return ADVICE[status(report)].format(run=one_line(report["run_id"]))


def look(report: Report) -> str:
    """Return the mark of a status."""
    return LOOKS[status(report)]


def explained(report: Report) -> str:
    """Say why it ended so, and what a person may do about it."""
    why = reason(report)
    return " ".join(filter(None, [f"{why[:1].upper()}{why[1:]}." if why else "", advice(report)]))
