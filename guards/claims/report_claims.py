"""What does a report claim, and which passages support each claim?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from graph.records import Label
from graph.untrusted import Untrusted

T = TypeVar("T", bound=object)

_JOINTS = re.compile(r"[\s…“”]|\.\.\.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Tie a statement to `text[start:end]` of a stored source and the words there.

    `sentence` holds the bounds of the sentences, row or item that the words are part of.
    """

    source: str
    start: int
    end: int
    quote: Untrusted
    sentence: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """Hold a claim as the report prints it; `unchecked` says that the report labels its wording so.

    The `own` citations are those of its words; the others are of sources that say the same. `sources` is how
    many sources the report says support it.
    """

    id: str
    text: str
    verdict: str
    citations: tuple[Citation, ...]
    own: tuple[Citation, ...]
    sources: int = 0
    unchecked: bool = False

    @property
    def cited_sources(self) -> int:
        """Count the sources that support the claim: that of its words, and those that confirm it."""
        confirming = {citation.source for citation in self.citations} - {c.source for c in self.own}
        return len(confirming) + 1


def numbered(citations: Iterable[Citation]) -> dict[Citation, int]:
    """Give each citation its number, from 1, in the order of first use."""
    return {citation: number for number, citation in enumerate(dict.fromkeys(citations), start=1)}


def claims_of(report: Mapping[str, Any]) -> tuple[Cited, ...]:
    """Read the claims of a report; raise ValueError, naming the place, when one is malformed."""
    claims = tuple(_claim(claim) for claim in each(report, "claims"))
    _refuse_twins("claim", [claim.id for claim in claims])
    return claims


def nearest_of(report: Mapping[str, Any]) -> Cited | None:
    """Read the nearest passage of a report as a claim that is its quote; raise ValueError as `claims_of`."""
    if "nearest" not in report:
        return None
    shown = _citation(report["nearest"])
    words = shown.quote.reveal()
    return Cited(id="nearest", text=words, verdict=str(Label.UNVERIFIED), citations=(shown,), own=(shown,))


def listed(report: Mapping[str, Any]) -> dict[str, None]:
    """Return the ids of the report's sources, in order; raise ValueError as `claims_of` does."""
    ids = [value(source, "id", str) for source in each(report, "sources")]
    _refuse_twins("source", ids)
    return dict.fromkeys(ids)


def is_verbatim(claim: Cited) -> bool:
    """Tell whether a claim is its quotes in order; spaces, “ ” and … do not count."""
    quotes = "".join(citation.quote.reveal() for citation in claim.own)
    return _JOINTS.sub("", claim.text) == _JOINTS.sub("", quotes)


def each(node: object, key: str) -> list[Any]:
    """Return a list that JSON holds under a name; raise ValueError for anything else."""
    return value(node, key, list)


def value(node: object, key: str, kind: type[T]) -> T:
    """Return what JSON holds under a name, of that very type; raise ValueError for anything else."""
    held = node.get(key) if isinstance(node, Mapping) else None
    if type(held) is not kind:
        raise ValueError(f"{key} is missing or is not a JSON {kind.__name__}")
    return held


def _claim(claim: object) -> Cited:
    cited = [(_citation(each_), each_.get("confirms") is True) for each_ in each(claim, "citations")]
    return Cited(
        id=value(claim, "id", str),
        text=value(claim, "text", str),
        verdict=value(claim, "verdict", str),
        citations=tuple(citation for citation, _ in cited),
        own=tuple(citation for citation, confirms in cited if not confirms),
        sources=_counted(claim),
        unchecked=isinstance(claim, Mapping) and claim.get("wording") == "unchecked",
    )


def _counted(claim: object) -> int:
    known = isinstance(claim, Mapping) and "independent_sources" in claim
    return value(claim, "independent_sources", int) if known else 0


def _citation(citation: object) -> Citation:
    start, end = value(citation, "start", int), value(citation, "end", int)
    quote = value(citation, "quote", str)
    if not 0 <= start < end or not quote:
        raise ValueError(f"the citation {start}..{end} holds no words")
    return Citation(
        source=value(citation, "source", str),
        start=start,
        end=end,
        quote=Untrusted(quote),
        sentence=_sentence(citation) or (start, end),
    )


def _sentence(citation: object) -> tuple[int, int] | None:
    """Return the bounds of the sentence; None where the citation, of an older report, has none."""
    if not isinstance(citation, Mapping) or "sentence" not in citation:
        return None
    match citation["sentence"]:
        case [int(first), int(last)] if 0 <= first < last:
            return first, last
    raise ValueError("sentence is not where a sentence begins and ends")


def _refuse_twins(what: str, ids: Sequence[str]) -> None:
    twins = [id_ for id_, count in Counter(ids).items() if count > 1]
    if twins:
        raise ValueError(f"{what} {twins[0]} stands there twice")
