"""Turn the answer of an MCP tool into a source."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from mcp.types import CallToolResult, EmbeddedResource, TextContent, TextResourceContents

from graph.errors import Unusable
from graph.records import Passage, Result, Snapshot, Source, Span, source_id
from graph.untrusted import Untrusted
from guards.outside_text import plain
from tools.documents.normalise import normalise
from tools.documents.passages import split

MOST_CHARACTERS = 1_000_000
_LONGEST_REASON = 200


def source_of_answer(answer: CallToolResult, *, location: str, title: str, now: float) -> Result:
    """Return the texts of an answer as one source; raises Unusable for an error, or without a text."""
    texts = tuple(_texts(answer))
    if answer.isError:
        said = plain(" ".join(texts)[:_LONGEST_REASON]) or "without saying why"
        raise Unusable(f"{location} failed: {said}")
    text = normalise("\n\n".join((*texts, *_structure(answer, texts))))
    if not text.strip():
        raise Unusable(f"{location} brought no text")
    if len(text) > MOST_CHARACTERS:
        raise Unusable(f"{location} brought more than {MOST_CHARACTERS:,} characters: ask for less")
    snapshot = _snapshot(text, location, title, now)
    spans = (Span(source=snapshot.source.id, start=start, end=end) for start, end in split(text))
    passages = tuple(Passage(span=span, score=1 / place) for place, span in enumerate(spans, start=1))
    return Result(snapshots=(snapshot,), passages=passages, detail=_detail(answer))


def _texts(answer: CallToolResult) -> Iterator[str]:
    for block in answer.content:
        if isinstance(block, TextContent):
            yield block.text
        elif isinstance(block, EmbeddedResource) and isinstance(block.resource, TextResourceContents):
            yield block.resource.text


def _structure(answer: CallToolResult, texts: Sequence[str]) -> tuple[str, ...]:
    """Return the structured answer as JSON, unless a text holds the same, as the protocol asks it to."""
    structure = answer.structuredContent
    if structure is None or any(_read(text) in (structure, structure.get("result")) for text in texts):
        return ()
    if texts and structure == {"result": "\n".join(texts)}:
        return ()
    try:
        return (json.dumps(structure, ensure_ascii=False, indent=1, sort_keys=True),)
    except (ValueError, RecursionError):  # a number of thousands of digits, or endless depth
        raise Unusable("the structured answer cannot be written as text: ask for less") from None


def _read(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _snapshot(text: str, location: str, title: str, now: float) -> Snapshot:
    source = Source(
        id=source_id(text),
        title=Untrusted(title),
        location=location,
        published=None,
        retrieved_at=datetime.fromtimestamp(now, UTC).isoformat(timespec="seconds"),
    )
    return Snapshot(source=source, text=Untrusted(text))


def _detail(answer: CallToolResult) -> str:
    left = len(answer.content) - len(tuple(_texts(answer)))
    return f"1 source; {left} part{'s' * (left != 1)} without text left out" if left else "1 source"
