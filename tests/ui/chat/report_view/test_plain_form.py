"""The message under a report holds all of it, as words that do nothing in Chainlit's Markdown."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.ui.chat.report_view import reports
from tests.ui.report import examples
from ui.chat.report_view.plain_form import plain_form, without_directives
from ui.report.report_markdown import report_markdown

PARSER = MarkdownIt("commonmark")
marked = st.text("a:` \\*[]1\n", max_size=40)


def test_the_whole_report_is_in_the_message() -> None:
    """Search and copying find every claim, quote, title and gap."""
    report = reports.disputed()
    said = plain_form(report).replace("\\", "")
    for claim in report["claims"]:
        assert claim["text"] in said
    for gap in report["unknowns"]:
        assert gap["detail"] in said


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("note:abc", "note\\:abc"),
        (":::warning", "\\:\\:\\:warning"),
        ("at 10:30", "at 10:30"),
        ("`https://a.example:b`", "`https://a.example:b`"),
        ("escaped \\:a", "escaped \\:a"),
        ("a: b", "a: b"),
    ],
)
def test_a_colon_that_would_make_a_directive_is_escaped(markdown: str, expected: str) -> None:
    """Words behind a colon would vanish; times, code and what is escaped already are left alone."""
    assert without_directives(markdown) == expected


@given(marked)
def test_escaping_colons_changes_no_word(markdown: str) -> None:
    """A reader of ordinary Markdown sees the same with and without the escapes.

    The definition of a link is invisible and becomes visible: that is no loss.
    """
    env: dict[str, object] = {}
    PARSER.parse(markdown, env)
    assume(not env.get("references"))
    assert PARSER.render(without_directives(markdown)) == PARSER.render(markdown)


def test_no_directive_is_left_in_a_report() -> None:
    """Outside code, no colon stands before a letter or a colon."""
    report = examples.report()
    report["question"] = "what does key:value or ::leaf or :::note mean?"
    left = re.sub(r"`[^`]*`|\\.", "", plain_form(report))
    assert not re.search(r":[A-Za-z:]", left)
    assert re.search(r":[A-Za-z:]", re.sub(r"`[^`]*`", "", report_markdown(report)))
