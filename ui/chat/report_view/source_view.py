"""Lay out the source panel of one citation, as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.errors import Refused
from graph.untrusted import Untrusted
from guards.claims.stored_passage import is_source_intact
from guards.outside_text import is_public
from guards.visible_text import one_line
from ui.catalogue import N_, _
from ui.chat.report_view.claim_badges import badge
from ui.chat.report_view.numbered_passages import NumberedPassage, Report, passage, passages, source_of
from ui.chat.report_view.passage_window import (
    CONTEXT,
    STEP,
    TextWindow,
    after,
    before,
    holds,
    in_context,
    shown,
    window,
)
from ui.report.claim_lines import claim_text
from ui.report.credibility_words import grade, reasons, scored
from ui.report.other_places import elsewhere
from ui.report.readable_text import readable
from ui.report.shown_passage import shown_passage

View = dict[str, Any]

MEANING = N_("This is told by the address and by what the source says of itself, not by whether it is right.")
HOLDS = N_("Checked just now: the stored text has this hash, and the quote stands in it at these offsets.")
MOVED = N_(
    "The stored text no longer holds this quote at these offsets: trust neither, and run attest verify."
)


def source_view(report: Report, number: int, text: Untrusted | None) -> View:
    """Return a citation with its source and the text around it; raise Refused for an unknown number."""
    cited = passage(report, number)
    return {
        "run": report["run_id"],
        "number": number,
        "count": len(passages(report)),
        "stands": cited.place,
        "claims": [_claim(report, place) for place in cited.claims],
        **_described(source_of(report, cited.source)),
        **_placed(cited, text),
    }


def more(report: Report, number: int, text: Untrusted, side: str, at: int) -> View:
    """Return the next part of a source, before or after a place."""
    passage(report, number)
    if side not in {"before", "after"}:
        raise Refused("a text goes on before or after: choose one of them")
    found = before(text, at, STEP) if side == "before" else after(text, at, STEP)
    return _window(found, shown(text, found)) | {
        "more": found.start > 0 if side == "before" else found.end < len(text)
    }


def _claim(report: Report, place: int) -> View:
    claim = report["claims"][place - 1]
    mark = badge(claim)
    return {
        "place": place,
        "text": claim_text(claim),
        "standing": str(mark.kind),
        "words": mark.words,
    }


def _described(source: Mapping[str, Any]) -> View:
    """Describe a source, each text on one line; only an address of the web becomes a link."""
    location = one_line(source["location"])
    return {
        "title": readable(source["title"]) or _("untitled"),
        "author": one_line(source.get("author") or ""),
        "location": location,
        "link": location if is_public(location) else "",
        "published": source["published"] or "",
        "retrieved": source["retrieved_at"],
        "language": source.get("language") or "",
        "elsewhere": elsewhere(source),
        "source": source["id"],
        "credibility": grade(source),
        "reasons": reasons(source),
        "meaning": _(MEANING) if scored(source) else "",
    }


def _placed(cited: NumberedPassage, text: Untrusted | None) -> View:
    """Show the passage in its text; a passage that is not found there is shown alone, with the reason."""
    intact = is_source_intact(cited.source, text)
    placed = {"start": cited.start, "end": cited.end, "length": 0 if text is None else len(text)}
    if text is None or not intact.allowed:
        return {**placed, **_alone(cited), "check": f"{intact.reason}: run attest verify.", "sound": False}
    if not holds(text, cited.start, cited.end, cited.quote):
        return {**placed, **_alone(cited), "check": _(MOVED), "sound": False}
    left, right = before(text, cited.start, CONTEXT), after(text, cited.end, CONTEXT)
    quote = window(text, cited.start, cited.end)
    read = in_context(text, left, quote, right)
    return {
        **placed,
        "before": _window(left, read.before) | {"more": left.start > 0},
        "quote": read.quote,
        "after": _window(right, read.after) | {"more": right.end < len(text)},
        "check": _(HOLDS),
        "sound": True,
    }


def _alone(cited: NumberedPassage) -> View:
    nothing = {"start": 0, "end": 0, "text": "", "more": False}
    return {"before": nothing, "quote": shown_passage("", cited.quote, "").quote, "after": nothing}


def _window(found: TextWindow, words: str) -> View:
    return {"start": found.start, "end": found.end, "text": words}
