"""Is this passage still what was stored, and which sources were found but not read?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph.records import Decision, Passage, Span, Unknown, source_id
from graph.untrusted import Untrusted


def is_source_intact(source: str, text: Untrusted | None) -> Decision:
    """Refuse a source whose stored text is gone or no longer has the hash it is named by."""
    if text is None:
        return Decision(allowed=False, reason=f"source {source[:12]} is not in the evidence store")
    if source_id(text.reveal()) != source:
        return Decision(allowed=False, reason=f"source {source[:12]} was changed after it was stored")
    return Decision(allowed=True)


def is_passage_inside(passage: Passage, text: Untrusted) -> Decision:
    """Refuse a passage that does not lie within its source."""
    span = passage.span
    if 0 <= span.start < span.end <= len(text):
        return Decision(allowed=True)
    return Decision(
        allowed=False, reason=f"{span.start} to {span.end} lies outside source {span.source[:12]}"
    )


def unread(found: Iterable[Passage], kept: Iterable[Passage]) -> tuple[Span, ...]:
    """Return the passages of the sources of which nothing is to be read."""
    read = {passage.span.source for passage in kept}
    return tuple(dict.fromkeys(p.span for p in found if p.span.source not in read))


def left_out(spans: Sequence[Span]) -> Unknown:
    """Name the sources that were found and not read for want of room."""
    sources = list(dict.fromkeys(span.source for span in spans))
    listed = ", ".join(source[:12] for source in sources)
    detail = f"{len(spans)} passages of {len(sources)} sources were less relevant than what fits: {listed}"
    return Unknown(kind="left_out", detail=detail)
