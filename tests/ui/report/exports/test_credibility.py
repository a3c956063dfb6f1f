"""Every form of a report says how credible its sources are, and is silent where nothing rated them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from lxml import html  # type: ignore[import-untyped]  # it has no types
from pypdf import PdfReader

from tests.ui.report.exports.reports import TEXTS, disputed
from ui.report.exports.html_page import report_html
from ui.report.exports.pdf_document import report_pdf
from ui.report.report_markdown import report_markdown

RATED = {"score": 75, "grade": "high", "reasons": ["a government address, .gov (+80)", "no date (-2)"]}
UNKNOWN = {"score": None, "grade": "not rated", "reasons": ["nothing is known of it"]}
SAID = "high, 75 of 100: a government address, .gov (+80); no date (-2)"


def rated(second: object, first: object = None) -> dict[str, Any]:
    """Return a report whose source on the web is rated, and its own document too if that is asked for."""
    made = disputed()
    made["sources"][1]["credibility"] = second
    if first:
        made["sources"][0]["credibility"] = first
    return made


def markdown(report: dict[str, Any]) -> str:
    return report_markdown(report).replace("\\", "")


def page(report: dict[str, Any]) -> str:
    return " ".join(html.document_fromstring(report_html(report, TEXTS)).text_content().split())


def paper(report: dict[str, Any]) -> str:
    pages = PdfReader(BytesIO(report_pdf(report, TEXTS))).pages
    return " ".join(" ".join(each.extract_text() for each in pages).split())


@pytest.mark.parametrize("form", [markdown, page, paper])
def test_grade_score_and_reasons_stand_beside_a_source(form: Any) -> None:  # noqa: ANN401  # any form
    """A reader sees the word, the number and every signal."""
    assert SAID in form(rated(RATED))


@pytest.mark.parametrize("form", [page, paper])
def test_both_sides_of_a_dispute_show_their_credibility(form: Any) -> None:  # noqa: ANN401  # any form
    """Beside a claim in dispute stands how credible its source is, and nothing beside one without a score."""
    said = form(rated(RATED, UNKNOWN))
    assert said.count("beta: credibility high, 75 of 100") == 1
    assert "alpha: credibility" not in said


@pytest.mark.parametrize("form", [markdown, page, paper])
def test_an_unknown_site_is_said_to_be_not_rated(form: Any) -> None:  # noqa: ANN401  # any form
    """Where nothing is known, that is said in place of a number."""
    assert "not rated: nothing is known of it" in form(rated(UNKNOWN))


@pytest.mark.parametrize("form", [markdown, page, paper])
def test_own_documents_and_older_reports_say_nothing(form: Any) -> None:  # noqa: ANN401  # any form
    """A file is not called unrated on every line, and a report without ratings reads as it did."""
    assert "redibility" not in form(rated(None, UNKNOWN))
    assert "redibility" not in form(disputed())
