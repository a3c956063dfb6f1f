"""Write a report as PDF, for reading on paper: the same words as the page, numbered and linked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from graph.untrusted import Untrusted
from guards.visible_text import one_line
from guards.wording.wording import UNCHECKED
from ui.catalogue import _, ngettext
from ui.report.answer_parts import AnswerSentence, parts, sentence_lines
from ui.report.answer_standing import explained, status_words
from ui.report.cited_place import keys_of, numbers
from ui.report.claim_lines import claim_text
from ui.report.claim_verdict import verdict_words
from ui.report.exports.cited_passages import CitedPassage, passages
from ui.report.exports.pdf_paper import LACKING, Paper
from ui.report.exports.report_contents import (
    CHECKING,
    LOST,
    Report,
    address,
    bills,
    disputes,
    graded,
    money,
    origin,
    phases,
    roles,
    standing,
    title,
    unknowns,
)
from ui.report.gap_titles import NOTHING_MISSING
from ui.report.nearest_passage import NEAREST, nearest
from ui.report.readable_lines import LineKind, as_text


def report_pdf(report: Mapping[str, Any], texts: Mapping[str, Untrusted]) -> bytes:
    """Write the whole report as PDF; the same report and texts give the same bytes."""
    question = one_line(report["question"]) or _("No question")
    paper = Paper(question, datetime.fromisoformat(report["timings"]["finished"]))
    found = passages(report, texts)
    links = {passage.number: paper.add_link() for passage in found}
    _head(paper, report, question)
    _answer(paper, report, links)
    _nearest(paper, report)
    _disagreements(paper, report, links)
    _claims(paper, report, links)
    _citations(paper, found, links)
    _unknowns(paper, report)
    _spending(paper, report)
    _checking(paper, report)
    return bytes(paper.output())


def _head(paper: Paper, report: Report, question: str) -> None:
    paper.paragraph(_("Attest report"), 9, quiet=True)
    paper.ln(1)
    paper.paragraph(question, 19, "B")
    paper.ln(2)
    paper.run(f"{status_words(report)}  ", 10, "B")
    paper.run(standing(report), 10, quiet=True)
    paper.end(10, 0)
    if told := explained(report):
        paper.paragraph(told, 10, quiet=True)
    paper.ln(3)
    paper.rule()


def _answer(paper: Paper, report: Report, links: Mapping[int, int]) -> None:
    paper.heading(_("Answer"), 14, 0)
    for part in parts(report):
        if part.question:
            paper.paragraph(one_line(part.question), 11.5, "B")
            paper.ln(1)
        for sentence in part.sentences:
            _sentence(paper, report, sentence, links)


def _sentence(paper: Paper, report: Report, sentence: AnswerSentence, links: Mapping[int, int]) -> None:
    for at, line in enumerate(sentence_lines(report, sentence)):
        if at:
            paper.end(11.5, 1)
        paper.run(f"     {line.text}" if line.kind is LineKind.CODE else line.words(), 11.5)
    if sentence.claim:
        claim = report["claims"][sentence.claim - 1]
        _marks(paper, report, claim, links, 11.5)
        if claim.get("wording") == "unchecked":
            paper.run(f" ({_(UNCHECKED)})", 9.5, quiet=True)
    paper.end(11.5, 2)


def _marks(
    paper: Paper, report: Report, claim: Mapping[str, Any], links: Mapping[int, int], size: float
) -> None:
    numbered = numbers(report)
    paper.run(" ", size)
    for key in dict.fromkeys(keys_of(claim)):
        paper.run(f"[{numbered[key]}]", size, link=links[numbered[key]])


def _nearest(paper: Paper, report: Report) -> None:
    if near := nearest(report):
        paper.heading(_(NEAREST), 14, 0)
        facts = [title(near.source), one_line(near.source["location"]), near.place]
        paper.paragraph(", ".join(filter(None, facts)), 9, quiet=True)
        paper.indented(lambda: paper.paragraph(as_text(near.lines), 9.5))


def _disagreements(paper: Paper, report: Report, links: Mapping[int, int]) -> None:
    found = disputes(report)
    if not found:
        return
    paper.heading(_("Where the sources disagree"), 14, 0)
    for dispute in found:
        _side(paper, report, dispute.claim, links)
        paper.paragraph(
            _("disagrees with") if dispute.others else _("disagrees with another source"), 10, "I", quiet=True
        )
        paper.ln(1)
        for other in dispute.others:
            _side(paper, report, other, links)
        paper.rule()


def _side(paper: Paper, report: Report, at: int, links: Mapping[int, int]) -> None:
    _claim(paper, report, at, links)
    for named, rated in graded(report, report["claims"][at - 1]):
        paper.paragraph(f"{named}: " + _("credibility {grade}").format(grade=rated), 9, quiet=True)
        paper.ln(1)


def _claims(paper: Paper, report: Report, links: Mapping[int, int]) -> None:
    if report["claims"]:
        paper.heading(_("Claims"), 14, 0)
    for at in range(1, len(report["claims"]) + 1):
        _claim(paper, report, at, links)


def _claim(paper: Paper, report: Report, at: int, links: Mapping[int, int]) -> None:
    claim = report["claims"][at - 1]
    paper.paragraph(f"{at}.  {claim_text(claim)}")
    paper.run(", ".join(verdict_words(claim)).capitalize(), 9, "B")
    paper.run(", " + _("confidence {share}").format(share=f"{claim['confidence']:.0%}") + " ", 9, quiet=True)
    _marks(paper, report, claim, links, 9)
    paper.end(9, 2.5)


def _citations(paper: Paper, found: Sequence[CitedPassage], links: Mapping[int, int]) -> None:
    if found:
        paper.heading(_("Citations"), 14, 0)
    for passage in found:
        paper.heading(f"[{passage.number}]  {title(passage.source)}", 11, 1)
        paper.set_link(links[passage.number], y=max(0.0, paper.get_y() - 8), page=paper.page_no())
        paper.paragraph(str(passage.source["location"]), 9, quiet=True, href=address(passage.source))
        facts = [f"{name} {said}" for name, said in origin(passage.source)]
        place = _("characters {start} to {end} of {file}").format(
            start=passage.start, end=passage.end, file=f"sources/{passage.source_id}.txt"
        )
        paper.paragraph(" · ".join(filter(None, [passage.place, *facts, place])), 8.5, quiet=True)
        paper.ln(1.5)
        paper.indented(lambda passage=passage: _quote(paper, passage))  # type: ignore[misc]  # bound at once


def _quote(paper: Paper, passage: CitedPassage) -> None:
    paper.run(passage.before, 9.5, quiet=True)
    paper.run(passage.quote, 9.5, "B")
    paper.run(passage.after, 9.5, quiet=True)
    paper.end(9.5)
    if not passage.found:
        paper.paragraph(_(LOST), 9.5, "I")


def _unknowns(paper: Paper, report: Report) -> None:
    paper.heading(_("What this report does not know"), 14, 0)
    for kind, detail in unknowns(report):
        paper.run(f"{kind}: ", style="B")
        paper.run(detail)
        paper.end()
    if not report["unknowns"]:
        paper.paragraph(_(NOTHING_MISSING))


def _spending(paper: Paper, report: Report) -> None:
    paper.heading(_("Cost and time"), 14, 0)
    paper.paragraph(f"{money(report)}, {report['timings']['seconds']:.1f} s.")
    paper.ln(1.5)
    for name, value in (*bills(report), *phases(report), *roles(report)):
        paper.run(f"{name}  ", 9.5, quiet=True)
        paper.run(value, 9.5)
        paper.end(9.5, 0)


def _checking(paper: Paper, report: Report) -> None:
    paper.heading(_("How to check this report"), 14, 0)
    paper.paragraph(_(CHECKING).replace("`", "“", 1).replace("`", "”"))
    paper.ln(2)
    paper.paragraph(
        _("Run {run}, audit head {head}").format(run=report["run_id"], head=report["audit_head"]),
        8.5,
        quiet=True,
    )
    if paper.lost:
        said = ngettext(
            "{number} character that the font of this file lacks stands as {sign};"
            " the HTML page of this report shows every one.",
            "{number} characters that the font of this file lacks stand as {sign};"
            " the HTML page of this report shows every one.",
            paper.lost,
        )
        paper.ln(2)
        paper.paragraph(said.format(number=paper.lost, sign=LACKING))
