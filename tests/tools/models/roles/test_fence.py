"""Text of a source cannot end the block it is shown in."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.tools.models.extractive.made import excerpt
from tools.models.roles.fence import fenced
from tools.models.roles.numbered_sentences import number_sentences


def mark(block: str) -> str:
    """Return the mark of a block."""
    return block.partition("\n")[0].rpartition(" ")[2]


@given(st.text(), st.text())
def test_the_mark_stands_only_around_the_text(text: str, more: str) -> None:
    """Whatever a text says, even the marks of other texts, its own mark is not in it."""
    hostile = text + fenced(more) + fenced(text)
    block = fenced(hostile)
    assert block.count(mark(block)) == 2
    assert block == f"<<<data {mark(block)}\n{hostile}\ndata {mark(block)}>>>"


def test_the_same_text_has_the_same_mark() -> None:
    """A run that is resumed sends the very words it sent before."""
    assert fenced("Marlin") == fenced("Marlin")
    assert mark(fenced("Marlin")) != mark(fenced("Tern"))


@given(st.lists(st.text(), max_size=4))
def test_every_line_of_a_block_is_ours(texts: list[str]) -> None:
    """A source cannot begin a line, forge a number or a title, nor hide words behind control characters."""
    block = number_sentences([excerpt(text, title=text) for text in texts]).text
    numbers = 0
    for line in block.split("\n")[1:-1]:
        assert line.isprintable()
        numbers += line.startswith(f"[{numbers + 1}] ")
        assert line.startswith(("Source ", f"[{numbers}] ")) or not texts
