"""Say how far a report answers its question, for every version of the record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.records import Status
from guards.visible_text import one_line
from ui.catalogue import N_, _

Report = Mapping[str, Any]

WORDS = {
    Status.RUNNING: N_("Not finished"),
    Status.WAITING: N_("Waiting for you"),
    Status.ANSWERED: N_("Answered"),
    Status.PARTLY: N_("Partly answered"),
    Status.UNANSWERED: N_("Not answered"),
    Status.UNREACHED: N_("No source could be reached"),
    Status.NO_DOCUMENTS: N_("There are no documents yet"),
    Status.REFUSED: N_("Refused"),
    Status.STOPPED: N_("Stopped"),
}
"""What a person reads for each."""

ADVICE = {
    Status.ANSWERED: "",
    Status.PARTLY: N_("What is missing stands under what this report does not know."),
    Status.UNANSWERED: N_("Ask in other words, or let it look in more sources."),
    Status.UNREACHED: N_("Ask again later; attest tools shows how each source stands."),
    Status.NO_DOCUMENTS: N_("Add documents to the folder and ask again."),
    Status.REFUSED: "",
    Status.STOPPED: N_("It can go on: attest resume {run} --budget USD."),
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


def status_words(report: Report) -> str:
    """Return the status of a report as a person reads it."""
    return _(WORDS[status(report)])


def reason(report: Report) -> str:
    """Return the reason of the status on one line; nothing for version 1 of the record, which has none."""
    return one_line(report.get("reason", ""))


def advice(report: Report) -> str:
    """Say what a person may do next; nothing where nothing needs to be done."""
    return _(ADVICE[status(report)]).format(run=one_line(report["run_id"]))


def look(report: Report) -> str:
    """Return the mark of a status."""
    return LOOKS[status(report)]


def explained(report: Report) -> str:
    """Say why it ended so, and what a person may do about it."""
    why = reason(report)
    return " ".join(filter(None, [f"{why[:1].upper()}{why[1:]}." if why else "", advice(report)]))
