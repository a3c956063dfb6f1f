"""Cut the cited passages out of the stored texts, with the words around them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graph.untrusted import Untrusted
from ui.report.cited_place import cited_places

AROUND = 320
"""How many characters of context stand on either side of a quote, at most."""

_NO_SOURCE: Mapping[str, Any] = {"title": "", "location": "", "published": None, "retrieved_at": ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedPassage:
    """Hold a citation: its number, its source as the report describes it, the quote and what is around it.

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


def numbers(report: Mapping[str, Any]) -> dict[tuple[str, int, int, str], int]:
    """Give each citation a number, as `guards.claims.citations.numbered` does."""
    keys = dict.fromkeys(key for claim in report["claims"] for key in keys_of(claim))
    return {key: number for number, key in enumerate(keys, start=1)}


def keys_of(claim: Mapping[str, Any]) -> Iterator[tuple[str, int, int, str]]:
    """Yield the key of each citation of a claim."""
    for cited in claim["citations"]:
        yield cited["source"], cited["start"], cited["end"], cited["quote"]


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
    return CitedPassage(
        number=number,
        source_id=id_,
        source=sources.get(id_, _NO_SOURCE),
        start=start,
        end=end,
        quote=quote,
        before=_before(text, start) if found else "",
        after=_after(text, end) if found else "",
        found=found,
        place=place,
    )


def _before(text: str, start: int) -> str:
    """Return the text before the quote, from the beginning of a word."""
    first = max(0, start - AROUND)
    cut = text[first:start]
    return cut if first == 0 else "… " + cut.partition(" ")[2].lstrip()


def _after(text: str, end: int) -> str:
    """Return the text after the quote, to the end of a word."""
    cut = text[end : end + AROUND]
    return cut if end + AROUND >= len(text) else cut.rpartition(" ")[0].rstrip() + " …"
