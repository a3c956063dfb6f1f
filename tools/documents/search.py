"""Search the documents of a run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar

from pydantic import BaseModel, StringConstraints
from pydantic import Field as Bounded

from graph.errors import Misconfigured
from graph.events import Announce
from graph.ports import Index, IndexHits
from graph.records import Passage, Result, Run, Unknown
from graph.tool import ToolSpec, Trust
from tools.documents.collection import collection
from tools.documents.query_language import foreign, query_language
from tools.documents.rank import rank
from tools.documents.semantic_search import RankedPassages, SemanticSearch
from tools.lexicon.terms import terms
from tools.spelling import misspelt

LONGEST_QUERY = 2000
CANDIDATES = (
    100  # passages that are ranked again: SciFact dev nDCG@10 0.717 with 50, 0.718 with 100 and with 200
)


class SearchArguments(BaseModel, frozen=True, extra="forbid"):
    """Ask for passages: a query of at most 2,000 characters, at most 50 passages."""

    query: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_QUERY)]
    limit: Annotated[int, Bounded(ge=1, le=50)] = 12


class Search:
    """Find passages of a run's documents by their words, and by their meaning where `semantic` is given.

    By words, a score is the share of the query's weight that a passage holds, so that a half means much the
    same for any query of a run; it passes 1 only where the query names the document's title.
    """

    spec: ClassVar[ToolSpec] = ToolSpec(
        name="documents.search",
        version="1",
        purpose="find passages of the documents by their words",
        arguments=SearchArguments,
        latency=0.01,
        at_once=64,
        trust=Trust.OPERATOR,
        essential=True,
    )

    def __init__(self, *, index: Index, semantic: SemanticSearch | None = None) -> None:
        self._index = index
        self._semantic = semantic

    async def run(
        self,
        arguments: BaseModel,
        run: Run,
        announce: Announce,
    ) -> Result:
        """Return passages for the query, best first; raises Misconfigured for other arguments."""
        if not isinstance(arguments, SearchArguments):
            raise Misconfigured(
                f"documents.search was given {type(arguments).__name__}: give SearchArguments"
            )
        within = collection(run.options.docs)
        languages = await self._index.languages(within)
        query = terms(arguments.query, query_language(arguments.query, languages))
        hits = await self._index.search(within, query, CANDIDATES)
        if corrected := await self._corrected(within, query, hits):
            query = corrected
            hits = await self._index.search(within, query, CANDIDATES)
        if self._semantic:
            asked = (arguments.query, query)
            found = await self._semantic.widened(run, within, asked, hits, announce)
        else:
            found = RankedPassages(ranked=rank(query, hits), sources=hits.sources)
        return _result(found, arguments.limit, foreign(arguments.query, languages))

    async def _corrected(self, within: str, query: Sequence[str], hits: IndexHits) -> list[str] | None:
        """Return the query with the words it may have meant for those that no document has."""
        unknown = [term for term in dict.fromkeys(query) if term not in hits.frequencies]
        if not unknown:
            return None
        known = await self._index.words(within, [term[:1] for term in unknown])
        meant = {term: found for term in unknown if (found := misspelt(term, known))}
        return [word for term in query for word in meant.get(term, [term])] if meant else None


def _result(found: RankedPassages, limit: int, gaps: tuple[Unknown, ...]) -> Result:
    ranked = found.ranked[:limit]
    sources = {hit.span.source for hit, _ in ranked}
    return Result(
        passages=tuple(Passage(span=hit.span, score=score) for hit, score in ranked),
        sources=tuple(source for source in found.sources if source.id in sources),
        skipped=(*gaps, *found.gaps),
    )
