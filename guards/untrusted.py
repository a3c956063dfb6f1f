"""What may become of text that came from outside? Each way is named here, and each crossing is logged."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable
from enum import StrEnum

from graph.records import Argument, Citation, Crossed, Lead
from graph.untrusted import Untrusted

Log = Callable[[Crossed], None]

MOST_LEAD_CHARACTERS = 80


class Crossing(StrEnum):
    """Name the ways out of `Untrusted`."""

    LEAD = "lead"
    """A name found in a source becomes the argument of a search, tainted by that source."""
    QUOTE = "quote"
    """The exact words of a source are shown to a person as a citation."""
    TITLE = "title"
    """The name a source gives itself is shown to a person."""


def cross_lead(lead: Lead, log: Log) -> Argument | None:
    """Let a short name through as a tainted search argument; None when it is no name."""
    name = plain(lead.name.reveal())
    if not 1 < len(name) <= MOST_LEAD_CHARACTERS or not any(c.isalnum() for c in name):
        return None
    log(_crossed(Crossing.LEAD, lead.span.source, name))
    return Argument(value=name, taint=(lead.span.source,))


def cross_quote(citation: Citation, log: Log) -> str:
    """Let the exact words of a citation through to a report."""
    words = citation.quote.reveal()
    log(_crossed(Crossing.QUOTE, citation.source, words))
    return words


def cross_title(source: str, title: Untrusted, log: Log) -> str:
    """Let a title through to a report, on one line and without control characters."""
    words = plain(title.reveal())[:300]
    log(_crossed(Crossing.TITLE, source, words))
    return words


def plain(text: str) -> str:
    """Put text on one line: control, format and private characters gone, blanks collapsed."""
    kept = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in text)
    return re.sub(r" +", " ", kept).strip()


def _crossed(crossing: Crossing, source: str, words: str) -> Crossed:
    digest = hashlib.sha256(words.encode()).hexdigest()[:16]
    return Crossed(crossing=str(crossing), source=source, characters=len(words), digest=digest)
