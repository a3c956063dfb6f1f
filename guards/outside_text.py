"""How may text from outside be used? Each use is named here, and each crossing is logged."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum

from graph.reading import Lead
from graph.records import Argument, Branch, Claim, Crossed, Plan, Source
from graph.untrusted import Untrusted
from guards.claims.report_claims import Citation

Log = Callable[[Crossed], None]

MOST_LEAD_CHARACTERS = 80
MOST_LINK_CHARACTERS = 2_000


class Crossing(StrEnum):
    """Name the five ways in which `Untrusted` text may be used."""

    LEAD = "lead"
    """A name found in a source becomes the argument of a search, tainted by that source."""
    QUOTE = "quote"
    """The exact words of a source are shown to a person as a citation."""
    TITLE = "title"
    """The name a source gives itself, or one of its parts, is shown to a person."""
    WORDING = "wording"
    """A sentence that a model wrote from claims is shown to a person."""
    LINK = "link"
    """The address of a source that a search found becomes the argument of a call, tainted by that source."""


def cross_lead(lead: Lead, log: Log, *, private: bool = False) -> Argument | None:
    """Allow a short name as a tainted search argument; None when it is no name.

    A name from a person's own document is private.
    """
    name = plain(lead.name.reveal())
    if not 1 < len(name) <= MOST_LEAD_CHARACTERS or not any(c.isalnum() for c in name):
        return None
    log(_crossed(Crossing.LEAD, lead.span.source, name))
    return Argument(value=name, taint=(lead.span.source,), private=private)


def kept_private(plan: Plan) -> Plan:
    """Mark every line of inquiry and every argument of a plan as words of a person's own documents."""
    return Plan(branches=tuple(map(_private, plan.branches)))


def _private(branch: Branch) -> Branch:
    tasks = tuple(
        replace(task, arguments={name: replace(each, private=True) for name, each in task.arguments.items()})
        for task in branch.tasks
    )
    return replace(branch, question=replace(branch.question, private=True), tasks=tasks)


def cross_link(source: Source, log: Log) -> Argument | None:
    """Allow the address of a source as a tainted argument, whole; None for an address not of the web."""
    address = source.location
    if not is_public(address) or len(address) > MOST_LINK_CHARACTERS:
        return None
    if not (address.isascii() and address.isprintable()) or " " in address:
        return None
    log(_crossed(Crossing.LINK, source.id, address))
    return Argument(value=address, taint=(source.id,))


def is_public(location: str) -> bool:
    """Tell whether a source came from the web; any other is a person's own document."""
    return location.startswith(("https://", "http://"))


def cross_quote(citation: Citation, log: Log) -> str:
    """Allow the exact words of a citation in a report."""
    words = citation.quote.reveal()
    log(_crossed(Crossing.QUOTE, citation.source, words))
    return words


def cross_wording(claim: Claim, words: Untrusted, log: Log) -> str:
    """Allow a sentence of a model in a report, on one line and without control characters."""
    written = plain(words.reveal())
    log(_crossed(Crossing.WORDING, claim.spans[0].source if claim.spans else "", written))
    return written


def cross_title(source: str, title: Untrusted, log: Log) -> str:
    """Allow a title in a report, on one line and without control characters."""
    words = plain(title.reveal())[:300]
    log(_crossed(Crossing.TITLE, source, words))
    return words


def plain(text: str) -> str:
    """Put text on one line: remove control, format and private characters, collapse blanks."""
    kept = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in text)
    return re.sub(r" +", " ", kept).strip()


_UNPUBLISHED = frozenset({Crossing.LEAD, Crossing.LINK})


def _crossed(crossing: Crossing, source: str, words: str) -> Crossed:
    """Log a crossing; words that no report shows get no digest, from which a name could be guessed."""
    digest = "" if crossing in _UNPUBLISHED else hashlib.sha256(words.encode()).hexdigest()[:16]
    return Crossed(crossing=str(crossing), source=source, characters=len(words), digest=digest)
