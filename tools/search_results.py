"""Turn what a search back-end found into sources that can be cited."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BaseModel, Field, SerializerFunctionWrapHandler, StringConstraints, model_serializer

from graph.errors import Misconfigured
from graph.outline import Outline, outline_id, pack
from graph.records import Passage, Result, Snapshot, Source, Span, source_id
from graph.untrusted import Untrusted
from guards.language_code import CODE_OR_NONE
from tools.documents.dates import iso_date
from tools.documents.normalise import normalise
from tools.documents.passages import split
from tools.lexicon.identification import language_of
from tools.lexicon.terms import terms

LONGEST_QUERY = 2000
LONGEST_TITLE = 300
LONGEST_ADDRESS = 2000
_PARTIAL = re.compile(r"[12][0-9]{3}(?:-(?:0[1-9]|1[0-2]))?")
_WEEKDAY = re.compile(r"\A\s*(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},?\s+", re.IGNORECASE)


class SearchArguments(BaseModel, frozen=True, extra="forbid"):
    """Ask for sources: a query of at most 2,000 characters, at most 50 sources, in a language or in any."""

    query: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_QUERY, strip_whitespace=True)]
    limit: Annotated[int, Field(ge=1, le=50)] = 12
    language: Annotated[str, StringConstraints(pattern=CODE_OR_NONE)] = ""

    @model_serializer(mode="wrap")
    def _written(self, write: SerializerFunctionWrapHandler) -> dict[str, object]:
        """Leave out a language that was not chosen: such a call keeps the key it had before there was one."""
        written: dict[str, object] = write(self)
        return {name: value for name, value in written.items() if name != "language" or value}


def search_arguments(arguments: BaseModel) -> SearchArguments:
    """Return the arguments of a search; raise Misconfigured for those of another tool."""
    if isinstance(arguments, SearchArguments):
        return arguments
    raise Misconfigured(f"a search was given {type(arguments).__name__}: give SearchArguments")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundItem:
    """Hold one result of a service, as it came: `published` is a date in any common form.

    A text with an `outline` is in the stored form already.
    """

    title: str
    url: str
    text: str
    published: str | None = None
    author: str | None = None
    language: str | None = None
    outline: Outline = ()


def sources_of(query: str, items: Iterable[FoundItem], now: float) -> Result:
    """Return items as sources, in the service's order, without those that lack a text or a web address.

    A text at several addresses is one source, described at each of them. The score of a passage is the mean
    of the share of the query's terms it holds and the reciprocal of its rank.
    """
    snapshots: dict[str, Snapshot] = {}
    elsewhere: list[Source] = []
    passages: list[Passage] = []
    language = language_of(query)
    asked = frozenset(terms(query, language))
    for place, (snapshot, spans) in enumerate(_kept(items, now), start=1):
        if snapshot.source.id in snapshots:
            elsewhere.append(snapshot.source)
            continue
        snapshots[snapshot.source.id] = snapshot
        passages += [_passage(snapshot, span, asked, language, place) for span in spans]
    said = f"{len(snapshots)} source{'s' * (len(snapshots) != 1)}"
    return Result(
        snapshots=tuple(snapshots.values()), sources=tuple(elsewhere), passages=tuple(passages), detail=said
    )


async def sources_in_thread(query: str, items: Iterable[FoundItem], now: float) -> Result:
    """Return items as sources in a thread, because the reply of a service may be long.

    An iterator of items is read there too.
    """
    return await asyncio.to_thread(sources_of, query, items, now)


def snapshot(item: FoundItem, now: float) -> Snapshot:
    """Return an item as a source: its text normalised, named by its content."""
    title = " ".join(normalise(item.title).split())
    text = item.text if item.outline else normalise(item.text) or title
    source = Source(
        id=source_id(text),
        title=Untrusted(title[:LONGEST_TITLE] or item.url),
        location=item.url,
        published=_day(item.published or ""),
        retrieved_at=datetime.fromtimestamp(now, UTC).isoformat(timespec="seconds"),
        author=Untrusted(item.author) if item.author else None,
        language=item.language,
        outline=outline_id(pack(item.outline)),
    )
    return Snapshot(source=source, text=Untrusted(text), outline=item.outline)


def is_web_address(url: str) -> bool:
    """Tell whether a text is an address of the web: printable, absolute, with a host."""
    if len(url) > LONGEST_ADDRESS or not url.isprintable() or " " in url:
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False


def _kept(items: Iterable[FoundItem], now: float) -> Iterator[tuple[Snapshot, tuple[Span, ...]]]:
    for item in items:
        made = snapshot(item, now)
        if is_web_address(item.url) and made.text.reveal().strip():
            yield (
                made,
                tuple(Span(source=made.source.id, start=a, end=b) for a, b in split(made.text.reveal())),
            )


def _passage(snapshot: Snapshot, span: Span, asked: frozenset[str], language: str, place: int) -> Passage:
    words = f"{snapshot.source.title.reveal()} {snapshot.text.reveal()[span.start : span.end]}"
    held = frozenset(terms(words, language))
    share = len(asked & held) / (len(asked) or 1)
    return Passage(span=span, score=(share + 1 / place) / 2)


def _day(written: str) -> str | None:
    """Return a date as far as it is known: a day, a month or a year."""
    return iso_date(_WEEKDAY.sub("", written)) or (written if _PARTIAL.fullmatch(written) else None)
