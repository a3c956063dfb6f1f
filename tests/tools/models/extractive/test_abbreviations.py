"""An abbreviation is found in a question, and what it stands for in a text."""

from __future__ import annotations

import pytest

from tools.models.extractive.abbreviations import asked, expands


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("What does RPC stand for?", "RPC"),
        ("What is the full form of TLS/SSL here?", "TLS/SSL"),
        ("what does McD mean", "McD"),
        ("What does a word stand for?", None),
        ("See www.example.org/papers/1987/MB", "MB"),
    ],
)
def test_an_abbreviation_is_a_short_word_with_two_capitals(question: str, short: str | None) -> None:
    """Capitals far behind the beginning of an address do not make that an abbreviation."""
    assert asked(question) == short


@pytest.mark.parametrize(
    ("text", "spelt"),
    [
        ("The remote procedure call (RPC) waits.", True),
        ("A remote\nprocedure call  **(RPC)** waits.", True),
        ("RPC stands for remote procedure call.", True),
        ("RPC, or remote procedure call, waits.", True),
        ("RPC or remote procedure call", True),
        ("An RPC  is an abbreviation of `remote procedure call`.", True),
        ("RPC: remote procedure call", True),
        ("RPCor remote procedure call", False),
        ("The server waits (RPC) for a reply.", False),
        ("RPC waits for a remote procedure call.", False),
    ],
)
def test_an_expansion_spells_its_abbreviation(text: str, *, spelt: bool) -> None:
    """The words before its brackets, or after it and a word that leads them in, begin with its letters."""
    assert expands(text, "RPC") is spelt
