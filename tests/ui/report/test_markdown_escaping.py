"""Markdown made of untrusted text shows words and does nothing else."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from guards.visible_text import UNSAFE, one_line
from ui.report.markdown_escaping import literal, phrase, prose, quotation

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
ACTIVE = {"link_open", "image", "html_inline", "html_block", "fence", "code_block"}
LIVELY = [
    "![x](http://evil.example/x.png)",
    "[click](javascript:alert(1))",
    "<script>alert(1)</script>",
    "<https://evil.example>",
    "[1]: http://evil.example\n\n[1]",
    "[1](http://evil.example) [2][1] [[1]](x)",
    "```\nfence",
    "~~~\nfence",
    "# heading\n===\n---",
    "1. list\n- list\n+ list\n> quote",
    "| a | b |\n|---|---|\n| [x](y) | ![z](w) |",
    "&#27;[31m &#x202e; &lt;b&gt;",
    "\\[x](y) \\\\[x](y) \\",
    "www.evil.example https://evil.example/` a@b.example",
    "    indented [x](y)",
    "`` [x](y) `` ` ``",
]
markdown = st.one_of(
    st.sampled_from(LIVELY),
    st.lists(st.sampled_from([*LIVELY, "\\", "`", "[", "](u)", "!", "\n", " ", "<", "word"]), max_size=6).map(
        "".join
    ),
    st.text("[]()!<>`\\*_#-+=.1 \n\t:/|&;~$@w\x1b\u202e", max_size=40),
    st.text(max_size=40),
)


def tokens(text: str) -> list[Token]:
    """Parse, and list every token with the tokens inside it."""
    return [token for block in PARSER.parse(text) for token in (block, *(block.children or ()))]


def words(text: str) -> str:
    """Return what a reader of the rendered page sees, without blanks."""
    shown = [t.content for t in tokens(text) if t.type in {"text", "code_inline"}]
    return "".join("".join(shown).split())


@given(markdown)
@example("\\")
def test_a_phrase_shows_every_character_and_nothing_more(text: str) -> None:
    """What the page shows is what the source said, on one line, with nothing to click or load."""
    assert not {token.type for token in tokens(f"x {phrase(text)}")} & (ACTIVE | {"heading_open"})
    assert "\n" not in phrase(text)
    assert words(f"x {phrase(text)}") == "x" + "".join(one_line(text).split())


@given(markdown)
def test_a_quotation_stays_in_its_block(text: str) -> None:
    """No quote ends its own block quote, starts a heading or a list, or becomes active."""
    parsed = tokens(f"{quotation(text)}\n\nafter")
    inside = {"blockquote_open", "blockquote_close", "paragraph_open", "paragraph_close", "inline", "text"}
    assert {token.type for token in parsed} <= inside | {"softbreak", "hardbreak", "code_inline"}
    assert sum(token.type == "blockquote_open" for token in parsed) == 1


@given(markdown)
def test_prose_keeps_its_shape_and_loses_its_reach(text: str) -> None:
    """An answer may have headings and lists, never links, images, HTML or code that swallows the rest."""
    assert not {token.type for token in tokens(prose(text))} & (ACTIVE - {"code_block"})


@given(markdown)
def test_rendering_brings_no_control_back(text: str) -> None:
    """No entity or escape turns into a character that acts on a terminal."""
    for written in (phrase(text), quotation(text), prose(text), literal(text)):
        assert not UNSAFE.search(written)
        assert not any(UNSAFE.search(token.content) for token in tokens(written))


@pytest.mark.parametrize("text", ["Opened in 1971 [1][2].", "**Which?**\n\n- one [1]\n- two [12]", "# A"])
def test_an_answer_of_ours_is_left_alone(text: str) -> None:
    """Citation numbers, emphasis, lists and headings stay as the run wrote them."""
    assert prose(text) == text


def test_what_is_escaped_already_stays_escaped_once() -> None:
    """The run escapes brackets of quoted text; that is not done twice."""
    assert prose(r"see \[12\] and \<b\> [1]") == r"see \[12\] and \<b\> [1]"
