"""Pick the passages of a page that a question asks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from graph.outline import context
from graph.ports import IndexHit, IndexHits
from graph.records import Passage, Snapshot, Span
from tools.documents.passages import split
from tools.documents.rank import rank
from tools.lexicon.identification import language_of
from tools.lexicon.terms import terms


def relevant(snapshot: Snapshot, query: str, limit: int) -> tuple[Passage, ...]:
    """Return at most `limit` passages, best first; without a query the first ones, in order."""
    spans = [Span(source=snapshot.source.id, start=a, end=b) for a, b in split(snapshot.text.reveal())]
    language = language_of(snapshot.text.reveal())
    asked = terms(query, language)
    if not asked:
        return tuple(Passage(span=span, score=1 / at) for at, span in enumerate(spans[:limit], start=1))
    ranked = rank(asked, _hits(snapshot, spans, asked, language))[:limit]
    return tuple(Passage(span=hit.span, score=score) for hit, score in ranked)


def _hits(snapshot: Snapshot, spans: Sequence[Span], asked: Sequence[str], language: str) -> IndexHits:
    """Read a page as a collection of its own passages, all under its title."""
    text, title = snapshot.text.reveal(), tuple(terms(snapshot.source.title.reveal(), language))
    hits = tuple(
        IndexHit(span=span, title=title, body=tuple(_body(snapshot, text, span, language))) for span in spans
    )
    counts = [Counter(hit.title + hit.body) for hit in hits]
    return IndexHits(
        passages=len(hits),
        title_terms=len(title) * len(hits),
        body_terms=sum(len(hit.body) for hit in hits),
        frequencies={
            t: (sum(t in count for count in counts), sum(count[t] for count in counts)) for t in asked
        },
        hits=hits,
    )


def _body(snapshot: Snapshot, text: str, span: Span, language: str) -> list[str]:
    """Return the terms of a passage, after those of the headings and the lead-in that stand before it."""
    before = context(snapshot.outline, span.start).reveal()
    return [*terms(before, language), *terms(text[span.start : span.end], language)]
