"""Is this passage still what was stored?"""

from __future__ import annotations

from graph.records import Decision, Passage, source_id
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
