"""Make claims: of the words of a span, or of a sentence over several claims."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from graph.records import Claim, Span
from graph.untrusted import Untrusted


def quoted_claim(root: str, span: Span, relevance: float) -> Claim:
    """Make the claim that is the words of a span; the same words for the same root have the same id."""
    place = (root, span.source, str(span.start), str(span.end))
    return Claim(id=_id(*place), root=root, spans=(span,), relevance=relevance)


def worded_claim(text: str, basis: Sequence[Claim], *, unchecked: bool = False) -> Claim:
    """Make the claim that says in other words what its basis says; the basis is not empty and has one root.

    It cites all that the basis cites, and is as relevant as the least relevant claim of it. It is `unchecked`
    where its words cannot be compared with the basis.
    """
    return Claim(
        id=_id(basis[0].root, text, *(claim.id for claim in basis)),
        root=basis[0].root,
        spans=tuple(dict.fromkeys(span for claim in basis for span in claim.spans)),
        relevance=min(claim.relevance for claim in basis),
        text=Untrusted(text),
        unchecked=unchecked,
    )


def _id(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
