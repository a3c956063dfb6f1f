"""Give each passage of a collection its vector, a batch at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.embedder import BarePassage, Embedder, PassageVectors
from graph.errors import Exhausted, Refused, Unavailable, Unusable
from graph.events import Announce, Indexing
from graph.ports import Evidence
from graph.records import Run, Unknown
from graph.untrusted import Untrusted

WORDS_ALONE = "words_alone"
"""The kind of gap that says that something was searched by its words alone."""
NO_VECTORS = (Unavailable, Unusable, Refused, Exhausted)
"""What may keep an embedder from making vectors, without a fault of the installation."""
_FORM = "1"  # which texts are embedded, and how: raise it, and every vector is made anew


class PassageEmbedding:
    """Make the vectors that passages lack. Each batch is stored at once, so a run that ends loses one."""

    def __init__(self, embedder: Embedder, *, vectors: PassageVectors, evidence: Evidence) -> None:
        self._embedder = embedder
        self._vectors = vectors
        self._evidence = evidence

    async def is_complete(self, within: str) -> bool:
        """Tell whether every passage of a collection has a vector of today's model."""
        having, all_ = await self._vectors.counts(within, await vectors_name(self._embedder))
        return having == all_

    async def complete(self, run: Run, within: str, announce: Announce) -> tuple[Unknown, ...]:
        """Make what is missing; return how many passages still lack a vector, and why, if any do.

        Raises Misconfigured for an embedder that an operator must mend.
        """
        model = await vectors_name(self._embedder)
        try:
            await self._made(run, within, model, announce)
        except NO_VECTORS as error:
            having, all_ = await self._vectors.counts(within, model)
            detail = f"{all_ - having} of {all_} passages are searched by their words alone: {error}"
            return (Unknown(kind=WORDS_ALONE, detail=detail),)
        return ()

    async def _made(self, run: Run, within: str, model: str, announce: Announce) -> None:
        done, all_ = await self._vectors.counts(within, model)
        last: BarePassage | None = None
        while batch := await self._vectors.bare(within, model, self._embedder.batch, last):
            announce(Indexing(done=done, total=all_, part=f"passage {done + 1} for its meaning"))
            whole = await self._evidence.texts(sorted({bare.span.source for bare in batch}))
            told = [bare for bare in batch if bare.span.source in whole]
            texts = [embedded_text(bare, whole) for bare in told]
            vectors = await self._embedder.passages(run, texts, announce) if texts else ()
            await self._vectors.keep(within, model, list(zip(told, vectors, strict=True)))
            done, last = done + len(told), batch[-1]


async def vectors_name(embedder: Embedder) -> str:
    """Return the name under which vectors are stored: what they depend on."""
    return f"{_FORM}-{await embedder.fingerprint()}"


def embedded_text(bare: BarePassage, whole: Mapping[str, Untrusted]) -> Untrusted:
    """Return what is embedded of a passage: its title, the headings above it and its text."""
    text = whole[bare.span.source].part(bare.span.start, bare.span.end)
    return joined((bare.title, bare.above, text))


def joined(parts: Sequence[Untrusted]) -> Untrusted:
    """Return texts below each other, without the empty ones."""
    return Untrusted("\n".join(part.reveal() for part in parts if len(part)))
