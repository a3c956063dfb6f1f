"""The page of a report stands alone, can be read by everybody, and does nothing."""

import re
from collections import Counter
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html  # type: ignore[import-untyped]  # it has no types

from graph.untrusted import Untrusted
from guards.visible_text import UNSAFE
from tests.ui.report.exports.reports import TEXTS, disputed, said_by
from ui.report.exports.html_page import POLICY, report_html
from ui.report.exports.page_style import STYLE

NAUGHTY = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "</style><style>*{}</style><!-- -->",
    "</mark></blockquote><iframe src=//e.example>",
    "[x](javascript:alert(1)) ![y](http://e.example/p.png) <http://e.example>",
    "[1]: http://e.example\n\n[1] `<b>` &lt;b&gt; ```\n<b>x</b>\n```",
    'https://e.example/" onmouseover="alert(1)',
    "http://e.example/\u202e\x00\ud800\ufffe",
    "# h1\n* a\n1. b\n> q\n| t |\n\tcode",
    "مرحبا 中文 👩‍👩‍👧 Ω",
)
_PLAIN = "word"


def page(report: dict[str, Any], texts: dict[str, Untrusted] | None = None) -> Any:  # noqa: ANN401  # lxml has no types
    return html.document_fromstring(report_html(report, TEXTS if texts is None else texts))


def shape(root: Any) -> tuple[set[str], set[str]]:  # noqa: ANN401  # as above
    """Return the names of all elements and attributes."""
    tags = {str(each.tag) for each in root.iter()}
    return tags, {name for each in root.iter() for name in each.attrib}


def test_the_page_holds_what_a_reader_needs() -> None:
    """Question, verdicts, both sides of a dispute, quotes in context, gaps and cost are there."""
    root = page(disputed())
    text = " ".join(root.text_content().split())
    for words in (
        "Which plant opened first?",
        "Answered 2026-01-02 03:04 UTC · 1.5 s · 2 calls · $0.00",
        "Supported confidence 90% [1]",
        "Published1999-05",
        "Retrieved2026-01-02 03:04 UTC",
        "Resting on one source: claim c1 rests on one source",
        "attest verify .",
    ):
        assert words in text
    (row,) = root.xpath("//section[@id='disagreements']//tbody/tr")
    left, right = (" ".join(cell.text_content().split()) for cell in row)
    assert left.startswith("Beta was founded in 1984 as a small mill. [3]")
    assert right.startswith("The Alpha plant opened in 1971. [1]")
    marks = root.xpath("//details//mark")
    assert [mark.text for mark in marks][1] == "Its output doubled."
    assert "employs 240 people" in marks[1].getparent().text


def test_the_page_stands_alone_and_is_forbidden_to_load() -> None:
    """No script, picture, frame or form; its policy forbids them; only web sources are linked."""
    root = page(disputed())
    assert root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content") == [POLICY]
    assert not shape(root)[0] & {"script", "img", "link", "iframe", "object", "form", "base"}
    assert "url(" not in STYLE
    assert "@import" not in STYLE
    assert [a for a in root.xpath("//a/@href") if not a.startswith("#")] == ["https://beta.example/history"]


def test_the_page_can_be_walked() -> None:
    """It has one main, one h1, headings in order, a language, and every link of its own leads somewhere."""
    root = page(disputed())
    assert root.get("lang") == "en"
    counted = Counter(each.tag for each in root.iter())
    assert counted["main"] == counted["header"] == counted["nav"] == counted["footer"] == counted["h1"] == 1
    levels = [int(each.tag[1]) for each in root.iter("h1", "h2", "h3", "h4")]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    ids = Counter(root.xpath("//@id"))
    assert set(ids.values()) == {1}
    assert {href[1:] for href in root.xpath("//a/@href") if href[0] == "#"} <= set(ids)
    assert "prefers-color-scheme: dark" in STYLE
    assert "focus-visible" in STYLE


@pytest.mark.parametrize("words", NAUGHTY)
def test_nothing_of_a_source_becomes_markup(words: str) -> None:
    """Hostile words add no element, no attribute and no link."""
    check(words)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.text() | st.lists(st.sampled_from(NAUGHTY)).map("".join))
def test_no_text_becomes_markup(words: str) -> None:
    """Whatever a source says it adds no element, no attribute and no link."""
    check(words)


def check(words: str) -> None:
    written = report_html(*said_by(words))
    assert not UNSAFE.search(written)
    root = html.document_fromstring(written)
    tags, attributes = shape(root)
    usual_tags, usual_attributes = shape(page(*said_by("# " + _PLAIN)))
    plain_tags, plain_attributes = shape(page(*said_by("https://e.example/ *a* **b** c")))
    assert tags <= usual_tags | plain_tags | {"p", "h3", "li", "ul", "ol", "pre", "code"}
    assert attributes <= usual_attributes | plain_attributes | {"start"}
    for href in root.xpath("//a/@href"):
        assert re.match(r"#[a-z]+(-\d+)?$|https?://", href)
    assert len(root.xpath("//style")) == 1


def test_a_quote_that_is_not_there_is_said() -> None:
    """A text that does not hold the quote gives no context and a line that says so."""
    root = page(disputed(), {})
    assert len(root.xpath("//details//mark")) == 3
    assert root.text_content().count("The stored text does not hold these words there.") == 3


def test_a_refusal_reads_as_one() -> None:
    """Without claims there are no citations, and no dead links."""
    report = {**disputed(), "status": "refused", "claims": [], "sources": [], "unknowns": []}
    report["answer"] = "Refused: no."
    root = page(report)
    assert not root.xpath("//section[@id='citations' or @id='claims' or @id='disagreements']")
    assert "Nothing is known to be missing." in root.text_content()
