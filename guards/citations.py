"""Ask whether a report says what its stored sources say, word for word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from graph.errors import Unusable
from graph.records import Citation, Label, Span, Status, source_id
from graph.untrusted import Untrusted
from guards.untrusted import plain
from guards.wording_label import unlabelled

T = TypeVar("T")

SILENCE = "The sources do not say."

_LAST = re.compile(r"\s?\[(\d{1,6})\]\Z")
_REACH = 10  # the most characters _LAST matches
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_JOINTS = re.compile(r"[\s…“”]|\.\.\.")
_SHOWN = 60


class Kind(StrEnum):
    """Name what does not hold."""

    CHANGED_QUOTE = "changed_quote"
    MOVED_OFFSET = "moved_offset"
    WRONG_SOURCE = "wrong_source"
    CHANGED_SOURCE = "changed_source"
    MISSING_SOURCE = "missing_source"
    NO_CITATION = "no_citation"
    CHANGED_CLAIM = "changed_claim"
    CHANGED_ANSWER = "changed_answer"
    INVALID_REPORT = "invalid_report"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Say what does not hold, in which claim and source; either is empty when the finding is wider."""

    kind: Kind
    claim: str = ""
    source: str = ""
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """Hold a claim of a report as the report prints it; `unchecked` says that it labels its wording so."""

    id: str
    text: str
    verdict: str
    citations: tuple[Citation, ...]
    unchecked: bool = False


def cite(span: Span, text: Untrusted) -> Citation:
    """Quote `text[start:end]`; raise Unusable when the span does not lie in the text."""
    if not 0 <= span.start < span.end <= len(text):
        place = f"{span.start}..{span.end} does not lie in its {len(text)} characters"
        raise Unusable(f"source {span.source}: {place}: the passage is dropped")
    quote = Untrusted(text.reveal()[span.start : span.end])
    return Citation(source=span.source, start=span.start, end=span.end, quote=quote)


def numbered(citations: Iterable[Citation]) -> dict[Citation, int]:
    """Give each citation its number, from 1, in the order of first use."""
    return {citation: number for number, citation in enumerate(dict.fromkeys(citations), start=1)}


def claims_of(report: Mapping[str, Any]) -> tuple[Cited, ...]:
    """Read the claims of a report; raise ValueError, naming the place, when one is malformed."""
    claims = tuple(_claim(claim) for claim in _each(report, "claims"))
    _refuse_twins("claim", [claim.id for claim in claims])
    return claims


def verify_report(report: Mapping[str, Any], stored: Mapping[str, bytes | None]) -> list[Finding]:
    """Compare a report with the stored bytes of its sources, by id; no finding means that all of it holds."""
    try:
        claims, listed, models = claims_of(report), _listed(report), _models(report)
        answer, status = _value(report, "answer", str), _value(report, "status", str)
    except ValueError as error:
        return [Finding(kind=Kind.INVALID_REPORT, detail=str(error))]
    texts = {id_: text for id_, data in stored.items() if (text := _authentic(id_, data)) is not None}
    found = [
        *_citations(claims, listed, stored, texts),
        *_sources(claims, listed, stored, texts),
        *(_uncited(claim) for claim in claims if not claim.citations and claim.verdict != Label.UNVERIFIED),
        *(_reworded(claim) for claim in claims if not models and claim.citations and not is_verbatim(claim)),
        *(_overrated(claim) for claim in claims if claim.unchecked and claim.verdict != Label.UNVERIFIED),
        *(() if status == Status.REFUSED else _answer(answer, claims)),
    ]
    return list(dict.fromkeys(found))


def is_verbatim(claim: Cited) -> bool:
    """Tell whether a claim is its quotes in order; spaces, “ ” and … do not count."""
    quotes = "".join(citation.quote.reveal() for citation in claim.citations)
    return _JOINTS.sub("", claim.text) == _JOINTS.sub("", quotes)


def _authentic(id_: str, data: bytes | None) -> str | None:
    """Return the text of the bytes when they are the ones the id was made of."""
    try:
        text = None if data is None else data.decode()
    except UnicodeDecodeError:
        return None
    return text if text is not None and source_id(text) == id_ else None


def _citations(
    claims: Sequence[Cited],
    listed: Collection[str],
    stored: Mapping[str, bytes | None],
    texts: Mapping[str, str],
) -> Iterator[Finding]:
    for claim in claims:
        for citation in claim.citations:
            if citation.source not in listed:
                yield _finding(Kind.INVALID_REPORT, claim, citation, "it is not among the report's sources")
            if problem := _problem(citation, stored, texts):
                yield _finding(problem[0], claim, citation, problem[1])


def _problem(
    citation: Citation, stored: Mapping[str, bytes | None], texts: Mapping[str, str]
) -> tuple[Kind, str] | None:
    """Say how a citation departs from what is stored, or None."""
    text, quote = texts.get(citation.source), citation.quote.reveal()
    if text is None:
        return _absent(citation.source, stored)
    if citation.end - citation.start == len(quote) and text.startswith(quote, citation.start):
        return None
    place = f"{citation.start}..{citation.end}"
    if (found := text.find(quote)) >= 0:
        return Kind.MOVED_OFFSET, f"the quote stands at {found}..{found + len(quote)}, not at {place}"
    if other := next((id_ for id_, words in texts.items() if quote in words), None):
        return Kind.WRONG_SOURCE, f"the quote stands in source {other}"
    return Kind.CHANGED_QUOTE, f"the quote at {place} stands in no stored source"


def _absent(source: str, stored: Mapping[str, bytes | None]) -> tuple[Kind, str]:
    if stored.get(source) is None:
        return Kind.MISSING_SOURCE, "its text is not stored with the report"
    return Kind.CHANGED_SOURCE, "its stored text is not the text that was cited (sha256 differs)"


def _sources(
    claims: Sequence[Cited],
    listed: Collection[str],
    stored: Mapping[str, bytes | None],
    texts: Mapping[str, str],
) -> Iterator[Finding]:
    """Find listed sources that no claim cites and whose text is missing or changed."""
    cited = {citation.source for claim in claims for citation in claim.citations}
    for id_ in listed:
        if id_ not in cited and id_ not in texts:
            kind, detail = _absent(id_, stored)
            yield Finding(kind=kind, source=id_, detail=detail)


def _finding(kind: Kind, claim: Cited, citation: Citation, detail: str) -> Finding:
    return Finding(kind=kind, claim=claim.id, source=citation.source, detail=detail)


def _uncited(claim: Cited) -> Finding:
    detail = f"the claim is {claim.verdict} and rests on no citation"
    return Finding(kind=Kind.NO_CITATION, claim=claim.id, detail=detail)


def _reworded(claim: Cited) -> Finding:
    detail = "no model worked on this report, yet the claim is not the words of its quotes"
    return Finding(kind=Kind.CHANGED_CLAIM, claim=claim.id, source=claim.citations[0].source, detail=detail)


def _overrated(claim: Cited) -> Finding:
    detail = f"the claim is {claim.verdict}, yet its wording was not checked"
    return Finding(kind=Kind.CHANGED_CLAIM, claim=claim.id, detail=detail)


def _answer(answer: str, claims: Sequence[Cited]) -> Iterator[Finding]:
    """Find lines of the answer that are no claim with its numbers, and claims the answer leaves out.

    A line of inquiry in bold and the sentence of silence are the only other lines an answer has.
    """
    rests = _numbers(claims)
    missing = dict(rests)
    unchecked = {plain(claim.text) for claim in claims if claim.unchecked}
    for line in filter(None, (line.strip() for line in answer.splitlines())):
        said, numbers = read_line(line)
        missing.pop(said, None)
        if unlabelled(line)[1] != (said in unchecked):
            yield _changed(f"the answer says wrongly whether {said[:_SHOWN]!r} was checked")
        if said not in rests and said != SILENCE and not _is_heading(line):
            yield _changed(f"the answer says {said[:_SHOWN]!r}, which is no claim of the report")
        for stray in sorted(numbers - rests.get(said, set())):
            yield _changed(f"[{stray}] in the answer follows words of no claim that rests on it")
        if rests.get(said) and not numbers:
            yield _changed(f"the answer says {said[:_SHOWN]!r} without a citation number")
    for said in missing:
        yield _changed(f"the answer leaves out the claim {said[:_SHOWN]!r}")


def _numbers(claims: Sequence[Cited]) -> dict[str, set[int]]:
    """Return the numbers that may follow the words of each claim."""
    numbers = numbered(citation for claim in claims for citation in claim.citations)
    rests: dict[str, set[int]] = {}
    for claim in claims:
        rests.setdefault(plain(claim.text), set()).update(numbers[c] for c in claim.citations)
    return rests


def read_line(line: str) -> tuple[str, set[int]]:
    """Split a line of the answer into its words, without Markdown's backslashes, and its numbers."""
    line, _ = unlabelled(line)
    end, numbers = len(line), set()
    while last := _LAST.search(line, max(0, end - _REACH), end):
        end = last.start()
        numbers.add(int(last[1]))
    return _ESCAPED.sub(r"\1", line[:end]), numbers


def _is_heading(line: str) -> bool:
    return line.startswith("**") and line.endswith("**")


def _changed(detail: str) -> Finding:
    return Finding(kind=Kind.CHANGED_ANSWER, detail=detail)


def _claim(claim: object) -> Cited:
    return Cited(
        id=_value(claim, "id", str),
        text=_value(claim, "text", str),
        verdict=_value(claim, "verdict", str),
        citations=tuple(_citation(citation) for citation in _each(claim, "citations")),
        unchecked=isinstance(claim, Mapping) and claim.get("wording") == "unchecked",
    )


def _citation(citation: object) -> Citation:
    start, end = _value(citation, "start", int), _value(citation, "end", int)
    quote = _value(citation, "quote", str)
    if not 0 <= start < end or not quote:
        raise ValueError(f"the citation {start}..{end} holds no words")
    return Citation(source=_value(citation, "source", str), start=start, end=end, quote=Untrusted(quote))


def _listed(report: Mapping[str, Any]) -> dict[str, None]:
    """Return the ids of the report's sources, in order."""
    ids = [_value(source, "id", str) for source in _each(report, "sources")]
    _refuse_twins("source", ids)
    return dict.fromkeys(ids)


def _models(report: Mapping[str, Any]) -> bool:
    """Tell whether a model was called, and may have put claims into words of its own."""
    return bool(_value(_value(report, "cost", dict), "by_model", dict))


def _refuse_twins(what: str, ids: Sequence[str]) -> None:
    twins = [id_ for id_, count in Counter(ids).items() if count > 1]
    if twins:
        raise ValueError(f"{what} {twins[0]} stands there twice")


def _each(node: object, key: str) -> list[Any]:
    return _value(node, key, list)


def _value(node: object, key: str, kind: type[T]) -> T:
    value = node.get(key) if isinstance(node, Mapping) else None
    if type(value) is not kind:
        raise ValueError(f"{key} is missing or is not a JSON {kind.__name__}")
    return value
