"""Write a report as one HTML page: no script, no address it loads from, nothing of a source that acts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element  # it is only written

from graph.untrusted import Untrusted
from guards.visible_text import one_line
from ui.catalogue import _, spoken
from ui.report.answer_standing import explained, look, status_words
from ui.report.exports.cited_passages import passages
from ui.report.exports.html_answer import answer_elements, nearest_elements
from ui.report.exports.html_evidence import badge, citations, claims, disagreements
from ui.report.exports.html_tree import document, element
from ui.report.exports.page_style import STYLE
from ui.report.exports.report_contents import (
    CHECKING,
    Report,
    bills,
    money,
    phases,
    roles,
    standing,
    unknowns,
)
from ui.report.gap_titles import NOTHING_MISSING
from ui.report.nearest_passage import NEAREST, nearest
from ui.report.page_match import MADE

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_TITLE = 120

FORM = 4
"""The form of this page, which verifying compares; raise it with any change of what is written."""


def report_html(report: Mapping[str, Any], texts: Mapping[str, Untrusted]) -> str:
    """Write the whole report as a page that stands alone; `texts` are the stored texts by source id."""
    question = one_line(report["question"]) or _("No question")
    sections = list(_sections(report, texts))
    body = element(
        "body", _header(report, question), _contents(sections), element("main", *sections), _footer(report)
    )
    return document(element("html", _head(question), body, lang=spoken()))


def _head(question: str) -> Element:
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=POLICY),
        element("meta", name="referrer", content="no-referrer"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", f"{question[:_TITLE]} - {_('Attest report')}"),
        element("style", STYLE),
    )


def _header(report: Report, question: str) -> Element:
    seal = badge(status_words(report), look(report))
    return element(
        "header",
        element("p", _("Attest report"), class_="kicker"),
        element("h1", question, dir="auto"),
        element("p", seal, " ", element("span", standing(report), class_="quiet"), class_="standing"),
        element("p", explained(report), class_="quiet"),
    )


def _sections(report: Report, texts: Mapping[str, Untrusted]) -> Iterator[Element]:
    found = passages(report, texts)
    yield _section("answer", _("Answer"), *answer_elements(report))
    if near := nearest(report):
        yield _section("nearest", _(NEAREST), *nearest_elements(near))
    if table := list(disagreements(report)):
        yield _section("disagreements", _("Where the sources disagree"), *table)
    if report["claims"]:
        yield _section("claims", _("Claims"), claims(report))
    if found:
        yield _section("citations", _("Citations"), element("ol", *citations(found), class_="plain"))
    yield _section("unknown", _("What this report does not know"), _gaps(report))
    yield _section("cost", _("Cost and time"), *_spending(report))
    yield _section("checking", _("How to check this report"), *_checking())


def _section(name: str, heading: str, *children: Element) -> Element:
    titled = element("h2", heading, id=f"{name}-heading")
    return element("section", titled, *children, id=name, aria_labelledby=f"{name}-heading")


def _contents(sections: Sequence[Element]) -> Element:
    links = [
        element("li", element("a", section[0].text or "", href=f"#{section.get('id')}"))
        for section in sections
    ]
    return element("nav", element("ul", *links), aria_label=_("On this page"))


def _gaps(report: Report) -> Element:
    items = [element("li", element("strong", kind), f": {detail}") for kind, detail in unknowns(report)]
    return element("ul", *items, class_="gaps") if items else element("p", _(NOTHING_MISSING))


def _spending(report: Report) -> Iterator[Element]:
    yield element("p", f"{money(report)}, {report['timings']['seconds']:.1f} s.")
    for heading, cells in (
        (_("Tools and models"), bills(report)),
        (_("Phases"), phases(report)),
        (_("Who answered"), roles(report)),
    ):
        if cells:
            yield _table(heading, cells)


def _table(heading: str, cells: Sequence[tuple[str, str]]) -> Element:
    rows = [
        element("tr", element("th", name, scope="row"), element("td", value, class_="number"))
        for name, value in cells
    ]
    return element("table", element("caption", heading), element("tbody", *rows), class_="bills")


def _checking() -> Iterator[Element]:
    before, command, after = _(CHECKING).split("`")
    yield element("p", before, element("code", command), after)
    made = _(MADE).format(form=FORM)
    before, record, after = made.split("`")
    yield element("p", before, element("code", record), after)


def _footer(report: Report) -> Element:
    run = element("p", _("Run"), " ", element("code", report["run_id"]), class_="quiet")
    head = element("p", _("Audit head"), " ", element("code", report["audit_head"]), class_="quiet")
    return element("footer", run, head)
