"""Cut the cited passages out of the stored texts, with the words around them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from graph.untrusted import Untrusted
from ui.report.cited_place import cited_places, numbers
from ui.report.readable_lines import is_fenced
from ui.report.shown_passage import ShownPassage, first_cut, last_cut, shown_passage

AROUND = 320
"""How many characters of context stand on either side of a quote, at most."""

_NO_SOURCE: Mapping[str, Any] = {"title": "", "location": "", "published": None, "retrieved_at": ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedPassage:
    """Hold a citation: its number, its source as the report describes it, the quote and what is around it.

    The texts are as a person reads them, without the markup of their source.
    `place` says where it stands in its document. `found` says that the stored text holds the quote at its
    offsets; without it there is no context.
    """

    number: int
    source_id: str
    source: Mapping[str, Any]
    start: int
    end: int
    quote: str
    before: str
    after: str
    found: bool
    place: str = ""


def passages(report: Mapping[str, Any], texts: Mapping[str, Untrusted]) -> tuple[CitedPassage, ...]:
    """Return the cited passages by number, from 1: the order of their first use."""
    sources = {source["id"]: source for source in report["sources"]}
    # One source after the other: whoever opens texts as they are asked for opens each once.
    by_source = sorted(numbers(report).items(), key=lambda cited: cited[0][0])
    places = cited_places(report)
    made = (_passage(key, number, sources, texts, places[key]) for key, number in by_source)
    return tuple(sorted(made, key=lambda passage: passage.number))


def _passage(
    key: tuple[str, int, int, str],
    number: int,
    sources: Mapping[str, Mapping[str, Any]],
    texts: Mapping[str, Untrusted],
    place: str,
) -> CitedPassage:
    id_, start, end, quote = key
    stored = texts.get(id_)
    text = stored.reveal() if stored is not None else ""
    found = text[start:end] == quote
    shown = _shown(text, start, end) if found else shown_passage("", quote, "")
    return CitedPassage(
        number=number,
        source_id=id_,
        source=sources.get(id_, _NO_SOURCE),
        start=start,
        end=end,
        quote=shown.quote,
        before=shown.before,
        after=shown.after,
        found=found,
        place=place,
    )


def _shown(text: str, start: int, end: int) -> ShownPassage:
    """Return the quote in at most `AROUND` characters on either side, cut between lines or words."""
    first, last = max(0, start - AROUND), min(len(text), end + AROUND)
    first += first_cut(text[first:start], AROUND // 2) if first else 0
    last -= last_cut(text[end:last], AROUND // 2) if last < len(text) else 0
    shown = shown_passage(text[first:start], text[start:end], text[end:last], fenced=is_fenced(text[:first]))
    lead, tail = "… " if first else "", " …" if last < len(text) else ""
    return replace(shown, before=lead + shown.before, after=shown.after + tail)
