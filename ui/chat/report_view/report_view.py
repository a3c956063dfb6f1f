"""Lay out a report for the chat: the props of the element `Report`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from guards.visible_text import one_line
from ui.catalogue import _
from ui.chat.report_view.claim_badges import badge
from ui.chat.report_view.disagreements import disagreements
from ui.chat.report_view.element_words import REPORT_WORDS
from ui.chat.report_view.follow_ups import MOST
from ui.chat.report_view.gaps import gaps
from ui.chat.report_view.numbered_passages import NumberedPassage, Report, numbers_of, passages, source_of
from ui.report.answer_parts import AnswerPart, AnswerSentence, parts, sentence_lines
from ui.report.answer_standing import explained, look, status_words
from ui.report.counted_words import count_calls, spent
from ui.report.nearest_passage import NEAREST, nearest
from ui.report.readable_lines import ReadableLine
from ui.report.readable_text import readable

View = dict[str, Any]


def report_view(report: Report, offered: Sequence[str] = ()) -> View:
    """Return the report as JSON, with the follow-ups that are `offered`; every text is plain."""
    numbered = passages(report)
    return {
        "run": report["run_id"],
        "question": one_line(report["question"]) or _("No question"),
        "status": status_words(report),
        "look": look(report),
        "standing": explained(report),
        "parts": [_part(report, part, numbered) for part in parts(report)],
        "nearest": _nearest(report),
        "words": {name: _(text) for name, text in REPORT_WORDS.items()},
        "citations": [_citation(report, cited) for cited in numbered],
        "disagreements": [_flat(asdict(side)) for side in disagreements(report)],
        "unknowns": [_flat(asdict(gap)) for gap in gaps(report)],
        "follow_ups": [one_line(question) for question in offered[:MOST]],
        "cost": _cost(report),
        "time": _time(report),
    }


def _part(report: Report, part: AnswerPart, numbered: tuple[NumberedPassage, ...]) -> View:
    sentences = [_sentence(report, sentence, numbered) for sentence in part.sentences]
    return {"question": one_line(part.question), "sentences": sentences}


def _sentence(report: Report, sentence: AnswerSentence, numbered: tuple[NumberedPassage, ...]) -> View:
    if not sentence.claim:
        return {**_said(sentence_lines(report, sentence)), "claim": 0, "citations": []}
    claim = report["claims"][sentence.claim - 1]
    mark = badge(claim)
    return {
        **_said(sentence_lines(report, sentence)),
        "claim": sentence.claim,
        "citations": numbers_of(claim, numbered),
        "standing": str(mark.kind),
        "words": mark.words,
    }


def _nearest(report: Report) -> View | None:
    if (near := nearest(report)) is None:
        return None
    title = readable(near.source["title"]) or _("untitled")
    facts = [title, one_line(near.source["location"]), near.place]
    return {"title": _(NEAREST), "origin": ", ".join(filter(None, facts)), **_said(near.lines)}


def _said(lines: Sequence[ReadableLine]) -> View:
    """Lay out a sentence: as text, and line by line where it has several."""
    shown = [{"kind": str(line.kind), "mark": line.mark, "text": line.text} for line in lines]
    return {"text": "\n".join(line.words() for line in lines), "lines": shown if len(shown) > 1 else []}


def _citation(report: Report, cited: NumberedPassage) -> View:
    return {
        "number": cited.number,
        "title": readable(source_of(report, cited.source)["title"]) or _("untitled"),
    }


def _flat(value: Any) -> Any:  # noqa: ANN401 - JSON has no narrower type
    """Put every text of a value on one line."""
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, dict):
        return {name: _flat(each) for name, each in value.items()}
    return [_flat(each) for each in value] if isinstance(value, list | tuple) else value


def _cost(report: Report) -> str:
    cost = report["cost"]
    by = ", ".join(one_line(name) for name in cost["by_model"]) or _("no model")
    return "; ".join([spent(cost["usd"], cost.get("estimate_usd")), count_calls(cost["calls"]), by])


def _time(report: Report) -> str:
    timings = report["timings"]
    finished = timings["finished"][:19].replace("T", " ")
    return f"{timings['seconds']:.1f} s, " + _("finished {when} UTC").format(when=finished)
