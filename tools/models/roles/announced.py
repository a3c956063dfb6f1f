"""Join a lead-in that a model points at with what it announces: its list, its steps or its code."""

from __future__ import annotations

from collections.abc import Sequence

from graph.reading import Excerpt
from graph.records import Span
from tools.models.extractive.candidate import Candidate, Unit
from tools.models.extractive.excerpt_page import ends_open
from tools.models.extractive.pool import candidates

_ANNOUNCED = frozenset({Unit.LIST, Unit.STEPS, Unit.EXAMPLE})


def with_announced(spans: Sequence[Span], excerpts: Sequence[Excerpt]) -> list[Span]:
    """Return the spans; one that ends in a colon goes on to the end of what the colon announces."""
    if not any(_is_open(span, excerpts) for span in spans):
        return list(spans)
    pool = [one for one in candidates(excerpts) if one.unit in _ANNOUNCED]
    return [_joined(span, pool) if _is_open(span, excerpts) else span for span in spans]


def _joined(span: Span, pool: Sequence[Candidate]) -> Span:
    whole = (one.span for one in pool if _leads(span, one))
    return max(whole, key=lambda one: one.end, default=span)


def _leads(span: Span, one: Candidate) -> bool:
    """Tell whether a span ends where the first part of a candidate does."""
    return one.span.source == span.source and one.span.start + one.parts[0][1] == span.end


def _is_open(span: Span, excerpts: Sequence[Excerpt]) -> bool:
    for excerpt in excerpts:
        place = excerpt.passage.span
        if place.source == span.source and place.start <= span.start and span.end <= place.end:
            return ends_open(excerpt.text.reveal()[span.start - place.start : span.end - place.start])
    return False
