from __future__ import annotations

import pytest

from ui.report.readable_lines import LineKind, as_text, is_fenced, readable_lines


def test_each_line_has_its_kind() -> None:
    """Headings, text, items, rows and code are told apart, and none keeps its marks."""
    text = (
        "## Use\nTake **one**\nof them.\n\n- red\n  or so\n2) blue\n"
        "| a | b |\nSize: 3; Colour: red\n~~~\n# x\n~~~"
    )
    assert [(line.kind, line.mark, line.text) for line in readable_lines(text)] == [
        (LineKind.HEADING, "", "Use"),
        (LineKind.TEXT, "", "Take one"),
        (LineKind.TEXT, "", "of them."),
        (LineKind.ITEM, "•", "red or so"),
        (LineKind.ITEM, "2)", "blue"),
        (LineKind.ROW, "", "a; b"),
        (LineKind.ROW, "", "Size: 3; Colour: red"),
        (LineKind.CODE, "", "# x"),
    ]


def test_paragraphs_stay_apart() -> None:
    """One empty line stands where the source has some, and none at the ends."""
    assert as_text(readable_lines("\n\none\n\n\ntwo\nthree\n\n")) == "one\n\ntwo\nthree"


def test_emphasis_reaches_over_lines() -> None:
    """A paragraph is read whole, so marks at its ends belong together."""
    assert as_text(readable_lines("It is **very\nhot** there.")) == "It is very\nhot there."


@pytest.mark.parametrize(
    ("text", "inside"), [("a\n```\nb", True), ("```\nb\n```\n", False), ("use ```x```\n", False), ("", False)]
)
def test_a_place_in_code_is_known(text: str, *, inside: bool) -> None:
    """Fences are counted; backticks inside a line are none."""
    assert is_fenced(text) is inside


def test_text_that_begins_in_code_is_code_until_its_fence() -> None:
    """A passage that begins in a block of code shows it as it is."""
    kinds = [line.kind for line in readable_lines("*a*\n```\n*b*", fenced=True)]
    assert kinds == [LineKind.CODE, LineKind.TEXT]
