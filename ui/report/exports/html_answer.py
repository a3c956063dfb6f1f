"""Show the answer of a report: its sentences, lists, rows and code, each with its citations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any
from xml.etree.ElementTree import Element  # it is only written

from guards.visible_text import one_line
from guards.wording.wording import UNCHECKED
from ui.catalogue import _
from ui.report.answer_parts import AnswerSentence, parts, sentence_lines
from ui.report.cited_place import keys_of, numbers
from ui.report.exports.html_evidence import Numbers, cite
from ui.report.exports.html_tree import element
from ui.report.exports.report_contents import title
from ui.report.nearest_passage import NearestPassage
from ui.report.readable_lines import BULLET, LineKind, ReadableLine, as_text

Report = Mapping[str, Any]


def answer_elements(report: Report) -> Iterator[Element]:
    """Yield the answer line of inquiry by line of inquiry."""
    numbered = numbers(report)
    for part in parts(report):
        if part.question:
            yield element("h3", one_line(part.question), dir="auto")
        for sentence in part.sentences:
            marks = list(_marks(report, sentence, numbered))
            yield element("div", *_lines(sentence_lines(report, sentence), marks), class_="answer")


def nearest_elements(near: NearestPassage) -> Iterator[Element]:
    """Yield the nearest passage of a report without an answer, and where it stands."""
    facts = [title(near.source), one_line(near.source["location"]), near.place]
    yield element("p", ", ".join(filter(None, facts)), class_="quiet place")
    yield element("blockquote", as_text(near.lines), dir="auto")


def _lines(lines: Sequence[ReadableLine], marks: Sequence[Element | str]) -> Iterator[Element]:
    """Yield lines, with the citations at the end of the last that is no code."""
    last = max((at for at, line in enumerate(lines) if line.kind is not LineKind.CODE), default=-1)
    placed = [(line, marks if at == last else ()) for at, line in enumerate(lines)]
    for look, group in groupby(placed, lambda each: _look(each[0])):
        yield from _block(look, list(group))
    if last < 0 and marks:
        yield element("p", *marks)


def _look(line: ReadableLine) -> str:
    if line.kind is LineKind.ITEM:
        return "ul" if line.mark == BULLET else "ol"
    return {LineKind.ROW: "ul", LineKind.CODE: "pre"}.get(line.kind, "p")


def _block(look: str, lines: Sequence[tuple[ReadableLine, Sequence[Element | str]]]) -> Iterator[Element]:
    if look == "pre":
        yield element("pre", element("code", "\n".join(line.text for line, _ in lines)))
    elif look == "p":
        yield from (element("p", line.text, " ", *marks, dir="auto") for line, marks in lines)
    else:
        items = [element("li", line.text, " ", *marks, dir="auto") for line, marks in lines]
        first = lines[0][0].mark.rstrip(".)")
        yield element(look, *items, **({"start": first} if look == "ol" else {}))


def _marks(report: Report, sentence: AnswerSentence, numbered: Numbers) -> Iterator[Element | str]:
    if sentence.claim:
        claim = report["claims"][sentence.claim - 1]
        yield from (cite(number) for number in dict.fromkeys(numbered[key] for key in keys_of(claim)))
        if claim.get("wording") == "unchecked":
            yield f" ({_(UNCHECKED)})"
