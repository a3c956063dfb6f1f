"""Widen the spans of any reader to whole sentences, so that no "not" is left outside a quote."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.ports import Evidence, Reader
from graph.reading import Excerpt, Lead
from graph.records import Claim, Run, Span, Unknown
from graph.untrusted import Untrusted
from guards.claims.quotes import is_whole
from tools.lexicon.sentences import sentences

LONGEST = 4_000
"""The most characters of a quote; a longer sentence (a log, a table on one line) is no quote."""

Bounds = Sequence[tuple[int, int]]
"""Where each sentence of a text begins and ends, in order."""

_ITEM = re.compile(r"[ \t]*(?:[-*+•‣◦▪·]|\(?\d{1,3}[.)]|\(?[a-z]\))[ \t]+\Z")
_TURNS = re.compile(
    r"\b(?:not|never|no|none|nor|neither|cannot|without|except|excluding|unless|avoid|instead|only|if|when|until"
    r"|forbidden|prohibited|refuse[sd]?|disallowed|deprecated|unsupported|wrong|false)\b|n['’]t\b",  # noqa: RUF001
    re.IGNORECASE,
)
_MOST_ITEMS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class WidenedClaims:
    """Hold the claims that can be quoted, and how many cannot."""

    claims: tuple[Claim, ...]
    refused: int


class WholeSentenceReader:
    """Read with another reader, and widen its claims; drop a claim without a whole sentence to quote."""

    def __init__(self, reader: Reader, evidence: Evidence) -> None:
        self._reader = reader
        self._evidence = evidence
        self._refused: dict[tuple[str, str], int] = {}

    async def leads(self, run: Run, question: str, excerpts: Sequence[Excerpt]) -> tuple[Lead, ...]:
        """Point at names in the excerpts that a follow-up search should look for, best first."""
        return await self._reader.leads(run, question, excerpts)

    async def read(
        self, run: Run, root: str, question: str, excerpts: Sequence[Excerpt]
    ) -> tuple[Claim, ...]:
        """Take claims that answer the question out of the excerpts, best first, in whole sentences."""
        claims = await self._reader.read(run, root, question, excerpts)
        texts = await self._evidence.texts(list({span.source for claim in claims for span in claim.spans}))
        widened = await asyncio.to_thread(widen, claims, texts)
        self._refused[run.id, root] = widened.refused
        return widened.claims

    def left_out(self, run: Run, root: str) -> tuple[Unknown, ...]:
        """Name what the last reading for a root question had no room for, or could not quote whole."""
        refused = self._refused.pop((run.id, root), 0)
        detail = f"{refused} found: the sentence has more than {LONGEST:,} characters, and no part is quoted"
        told = (Unknown(kind="too_long_to_quote", detail=detail),) if refused else ()
        return (*self._reader.left_out(run, root), *told)


def widen(claims: Sequence[Claim], texts: Mapping[str, Untrusted]) -> WidenedClaims:
    """Widen the spans of claims to the sentences they touch; of claims that become one, keep the first.

    An item of a list whose lead-in denies or limits it is quoted with the lead-in.
    """
    opened = {source: text.reveal() for source, text in texts.items()}
    bounds = {source: sentences(text) for source, text in opened.items()}
    kept: dict[tuple[Span, ...], Claim] = {}
    refused = 0
    for claim in claims:
        spans = [found for span in claim.spans for found in _whole(span, opened, bounds)]
        if not spans or any(span.end - span.start > LONGEST for span in spans):
            refused += 1
        else:
            kept.setdefault(tuple(spans), replace(claim, spans=tuple(dict.fromkeys(spans))))
    return WidenedClaims(claims=tuple(kept.values()), refused=refused)


def _whole(span: Span, texts: Mapping[str, str], bounds: Mapping[str, Bounds]) -> Iterator[Span]:
    """Yield the lead-in that changes what an item means, if any, and the sentences that a span touches."""
    text, borders = texts.get(span.source, ""), bounds.get(span.source, ())
    touched = [at for at, (start, end) in enumerate(borders) if start < span.end and span.start < end]
    if not touched:
        return
    first, last = _unbroken(text, borders, touched[0], touched[-1])
    start, end = borders[first][0], borders[last][1]
    lead = _lead_in(text, borders, first)
    if lead is not None and _TURNS.search(text, *lead):
        yield replace(span, start=lead[0], end=lead[1])
    yield replace(span, start=start, end=end)


def _unbroken(text: str, borders: Bounds, first: int, last: int) -> tuple[int, int]:
    """Widen a range of sentences over lines that continue one another, so that a quote holds them all."""
    while not is_whole(text, borders[first][0], borders[last][1]):
        if last + 1 < len(borders) and not is_whole(text, 0, borders[last][1]):
            last += 1
        elif first:
            first -= 1
        else:
            break
    return first, last


def _lead_in(text: str, borders: Bounds, at: int) -> tuple[int, int] | None:
    """Return the sentence with a colon before the list that an item stands in, or None."""
    if not _is_item(text, borders[at][0]):
        return None
    for before in range(at - 1, max(-1, at - _MOST_ITEMS), -1):
        start, end = borders[before]
        if text[start:end].endswith(":"):
            return start, end
        if not _is_item(text, start):
            return None
    return None


def _is_item(text: str, start: int) -> bool:
    line = text.rfind("\n", 0, start) + 1
    return start - line < LONGEST and _ITEM.match(text, line, start) is not None
