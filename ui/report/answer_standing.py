"""Say how far a report answers its question, whichever version of the record it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.records import Status
from ui.terminal.visible_text import one_line

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
    """Return how a report ended, in the words of today; a record of version 1 had two for it."""
    said = str(report["status"])
    if said not in {"complete", "partial"}:
        return Status(said)
    if not report["claims"]:
        return Status.UNANSWERED
    return Status.ANSWERED if said == "complete" else Status.PARTLY


def reason(report: Report) -> str:
    """Return why it ended so, on one line; nothing for a record of version 1, which does not say."""
    return one_line(report.get("reason", ""))


def advice(report: Report) -> str:
    """Say what a person may do about it; nothing where nothing needs to be done."""
    return ADVICE[status(report)].format(run=one_line(report["run_id"]))


def look(report: Report) -> str:
    """Return how the status is marked."""
    return LOOKS[status(report)]


def explained(report: Report) -> str:
    """Say why it ended so, and what a person may do about it."""
    why = reason(report)
    return " ".join(filter(None, [f"{why[:1].upper()}{why[1:]}." if why else "", advice(report)]))
