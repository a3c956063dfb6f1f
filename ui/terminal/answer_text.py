"""Write a report for a terminal: the answer, its sources, its limits. The files hold the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from guards.visible_text import one_line
from guards.wording.wording_label import labelled
from ui.catalogue import _
from ui.report.answer_parts import AnswerPart, parts, sentence_lines
from ui.report.answer_standing import explained, status_words
from ui.report.cited_place import cited_place
from ui.report.gap_titles import gap_title
from ui.report.nearest_passage import NEAREST, nearest
from ui.report.readable_lines import as_text
from ui.report.readable_text import readable

Report = Mapping[str, Any]
_Passage = tuple[str, int, int]


def answer_text(report: Report) -> str:
    """Write what a person reads first; quotes stand beside sentences that do not say the same words."""
    numbers = _numbers(report["claims"])
    blocks = [
        one_line(report["question"]) or _("No question"),
        _standing(report),
        *_answer(report, numbers),
        *_nearest(report),
        *_sources(report, numbers),
        *_limits(report),
    ]
    return "\n\n".join(blocks) + "\n"


def _standing(report: Report) -> str:
    return f"{status_words(report)}. {one_line(explained(report))}".strip()


def _numbers(claims: Sequence[Mapping[str, Any]]) -> dict[_Passage, int]:
    """Return the numbers of the cited passages, in the order in which the answer names them, from 1."""
    passages = dict.fromkeys(_passage(cited) for claim in claims for cited in claim["citations"])
    return {passage: number for number, passage in enumerate(passages, start=1)}


def _passage(cited: Mapping[str, Any]) -> _Passage:
    return cited["source"], cited["start"], cited["end"]


def _answer(report: Report, numbers: Mapping[_Passage, int]) -> Iterator[str]:
    for part in parts(report):
        heading = [one_line(part.question)] if part.question else []
        yield "\n".join([*heading, *_sentences(part, report, numbers)])


def _sentences(part: AnswerPart, report: Report, numbers: Mapping[_Passage, int]) -> Iterator[str]:
    for sentence in part.sentences:
        claim = report["claims"][sentence.claim - 1] if sentence.claim else {"citations": ()}
        marks = "".join(f"[{numbers[_passage(cited)]}]" for cited in claim["citations"])
        said = as_text(sentence_lines(report, sentence))
        yield labelled(f"{said} {marks}".rstrip(), unchecked=claim.get("wording") == "unchecked")


def _nearest(report: Report) -> Iterator[str]:
    if near := nearest(report):
        origin = _origin(near.source, report["nearest"])
        yield "\n".join([f"{_(NEAREST)}: {origin}", *(f"    {line.words()}" for line in near.lines)])


def _sources(report: Report, numbers: Mapping[_Passage, int]) -> Iterator[str]:
    if not numbers:
        return
    sources = {source["id"]: source for source in report["sources"]}
    cited = {_passage(one): one for claim in report["claims"] for one in claim["citations"]}
    worded = {_passage(one) for claim in report["claims"] if "wording" in claim for one in claim["citations"]}
    lines = [_("Sources")]
    for passage, number in numbers.items():
        lines.append(f"[{number}] {_origin(sources[passage[0]], cited[passage])}")
        if passage in worded:
            lines.append(f"    “{readable(cited[passage]['quote'])}”")
    yield "\n".join(lines)


def _origin(source: Mapping[str, Any], cited: Mapping[str, Any]) -> str:
    title, where = readable(source["title"]) or _("untitled"), one_line(source["location"])
    facts = (where, cited_place(cited), one_line(source["published"] or _("not dated")))
    return f"{title} ({', '.join(filter(None, facts))})"


def _limits(report: Report) -> Iterator[str]:
    said = [f"- {one_line(gap_title(gap['kind']))}: {one_line(gap['detail'])}" for gap in report["unknowns"]]
    if said:
        yield "\n".join([_("Limits of this answer"), *said])
