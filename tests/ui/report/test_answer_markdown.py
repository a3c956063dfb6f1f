from __future__ import annotations

from typing import Any

from markdown_it import MarkdownIt

from tests.ui.chat.report_view.reports import disputed
from tests.ui.report import examples
from ui.report.answer_markdown import answer_markdown

STEPS = "To start [it](http://e.example):\n\n1. Open `it`.\n2. Run:\n\n```\na[1] = `x`\n```\n\n3. Wait [2]."


def saying(quote: str) -> dict[str, Any]:
    """Return a report of one claim, which is its quote."""
    said = " ".join(quote.split())
    claim = {**examples.claim(1, quote, quote), "text": said}
    escaped = said.replace("[", "\\[").replace("]", "\\]")
    return {**examples.report(), "claims": [claim], "answer": f"{escaped} [1]"}


def test_steps_of_a_source_are_steps_of_the_answer() -> None:
    """Lead-in, numbers and code stay what they are, and our number stands at the end, once."""
    written = answer_markdown(saying(STEPS))
    assert written == "To start it:\n\n1. Open it.\n2. Run:\n\n```\na[1] = `x`\n```\n\n3. Wait. [1]"


def test_rows_are_rows() -> None:
    """Each row of a table is an item, with the names of its columns."""
    written = answer_markdown(saying("Name: *a*; Size: 3\nName: b; Size: 4"))
    assert written == "- Name: a; Size: 3\n- Name: b; Size: 4 [1]"


def test_nothing_of_a_source_becomes_live() -> None:
    """Links, images, HTML and fences of a source are words."""
    hostile = "x ![i](https://e.example/i.png) <img src=x onerror=1> [l](https://e.example)\n```\n````\n<b>"
    html = MarkdownIt("commonmark").render(answer_markdown(saying(hostile)))
    assert "<a" not in html
    assert "<img" not in html
    assert "<b>" not in html


def test_lines_of_inquiry_keep_their_questions() -> None:
    """Each question stands in bold above its answer, and silence is said."""
    written = answer_markdown(disputed())
    assert written.startswith("**How long may a call take?**\n\nThe limit is two seconds. [1]")
    assert written.endswith("**Who owns Xylotron?**\n\nThe sources do not say.")
