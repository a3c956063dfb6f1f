"""Cut excerpts into candidate claims, each with the words around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, pairwise

from graph.outline import Heading
from graph.reading import Excerpt
from graph.records import Span
from tools.lexicon.terms import terms
from tools.models.extractive.candidate import Candidate, Unit
from tools.models.extractive.excerpt_page import ExcerptPage, Said, pages
from tools.models.extractive.heading_lists import HeadingList, heading_lists
from tools.models.extractive.list_cuts import list_cuts
from tools.models.extractive.pair_cuts import pair_cuts
from tools.models.extractive.shapes import Shape
from tools.models.extractive.statement_cuts import StatementCut, statement_cuts
from tools.models.extractive.structure import Kind

_MOST_CANDIDATES = 900


def candidates(excerpts: Sequence[Excerpt], form: Shape = Shape.FACT) -> tuple[Candidate, ...]:
    """Return the statements of excerpts, best excerpt first, each place in a source once.

    Statements that only answer together are joined where the form of answer asks for it.
    """
    seen: dict[tuple[Span, ...], Candidate] = {}
    read = pages(excerpts)
    documents: dict[str, frozenset[str]] = {}
    for page in read:
        source = page.excerpt.passage.span.source
        documents[source] = documents.get(source, frozenset()).union(page.passage, page.title)
    for page in read:
        document = documents[page.excerpt.passage.span.source]
        for candidate in _cut(page, form, document):
            seen.setdefault(candidate.spans, candidate)
        if len(seen) >= _MOST_CANDIDATES:
            break
    return tuple(seen.values())


def _cut(page: ExcerptPage, form: Shape, document: frozenset[str]) -> Iterator[Candidate]:
    """Yield each statement of a page, then each list and example as a whole."""
    for cut in chain(statement_cuts(page), list_cuts(page), pair_cuts(page, form)):
        candidate = _made(page, cut, document)
        if candidate:
            yield candidate
    if form is Shape.LIST:
        yield from (_headed(page, each, document) for each in heading_lists(page.excerpt))


def _made(page: ExcerptPage, cut: StatementCut, document: frozenset[str]) -> Candidate | None:
    """Return the candidate that quotes some ranges of statements; None for one without words or too long."""
    ranges = [page.statements[first : last + 1] for first, last in cut.ranges]
    said = [each for part in ranges for each in part]
    words = tuple(word for each in said for word in each.words)
    if not words or sum(part[-1].end - part[0].start for part in ranges) > cut.longest:
        return None
    first, last = cut.ranges[0][0], cut.ranges[-1][1]
    block = page.statements[cut.ranges[-1][0]].block
    heading, lead, own = page.headings[block], page.leads[block], frozenset(words)
    before = page.statements[first - 1] if first else None
    passage = page.excerpt.passage
    return Candidate(
        spans=tuple(_span(passage.span, part) for part in ranges),
        text="\n".join(page.text[part[0].start : part[-1].end] for part in ranges),
        unit=cut.unit,
        branch=passage.branch,
        rank=page.rank,
        place=first / len(page.statements),
        title=page.title,
        words=words,
        terms=own,
        heading=heading,
        subject=heading | lead,
        near=frozenset(w for part in page.statements[max(0, first - 1) : last + 2] for w in part.words),
        passage=page.passage,
        document=document,
        context=own.union(page.title, heading, lead, before.words if before else ()),
        parts=tuple(_parts(ranges)),
        first=before is not None and page.blocks[before.block].kind is Kind.HEADING,
    )


def _span(excerpt: Span, part: Sequence[Said]) -> Span:
    return Span(source=excerpt.source, start=excerpt.start + part[0].start, end=excerpt.start + part[-1].end)


def _parts(ranges: Sequence[Sequence[Said]]) -> Iterator[tuple[int, int]]:
    """Yield where each statement stands in the text of its candidate."""
    at = 0
    for part in ranges:
        for each in part:
            yield at + each.start - part[0].start, at + each.end - part[0].start
        at += part[-1].end - part[0].start + 1


def _headed(page: ExcerptPage, listed: HeadingList, document: frozenset[str]) -> Candidate:
    """Return a list of headings as a candidate."""
    quoted: tuple[Heading, ...] = ((listed.heading,) if listed.heading else ()) + listed.items
    texts = [heading.text.reveal() for heading in quoted]
    words = tuple(word for text in texts for word in terms(text))
    above = frozenset(word for heading in listed.above for word in terms(heading.text.reveal()))
    own, passage = frozenset(words), page.excerpt.passage
    ends = [0, *accumulate(len(text) + 1 for text in texts)]
    return Candidate(
        spans=tuple(Span(source=passage.span.source, start=h.start, end=h.end) for h in quoted),
        text="\n".join(texts),
        unit=Unit.LIST,
        branch=passage.branch,
        rank=page.rank,
        place=0.0,
        title=page.title,
        words=words,
        terms=own,
        heading=above,
        subject=above,
        near=own,
        passage=page.passage,
        document=document,
        context=own.union(page.title, above),
        parts=tuple((start, end - 1) for start, end in pairwise(ends)),
        first=False,
    )
