"""Each role has a prompt that is known by its content."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import Misconfigured
from tests.tools.models.extractive.made import excerpt
from tools.models.prompted_role import ModelRole
from tools.models.prompts import fenced, prompt
from tools.models.roles.numbered_sentences import number_sentences
from tools.models.roles.rewording import PROMPT as REWORDING

FOLDER = Path("nodes/prompts")


@pytest.mark.parametrize("role", [*ModelRole, REWORDING])
def test_a_prompt_is_named_by_its_content(role: str) -> None:
    """A call records eight digits of the hash of the very words that were sent."""
    text = (FOLDER / f"{role}.md").read_text(encoding="utf-8").strip()
    made = prompt(role)
    assert made.text == text
    assert made.tag == f"{role}@{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def test_no_prompt_is_without_a_role_that_sends_it() -> None:
    """A prompt that nobody sends would be kept up for nothing."""
    assert {file.stem for file in FOLDER.iterdir()} == {*ModelRole, REWORDING}


def test_a_prompt_that_is_missing_is_the_operators_to_mend() -> None:
    """A broken installation says so when the role is made."""
    with pytest.raises(Misconfigured, match="install"):
        prompt("poet")


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
