from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest

from tests.security.patterns import HOUSE, SECONDS, held, modes, seconds, slow
from tests.security.readers import QUESTIONS, SENTENCES, TEXTS

LIMIT = "600"
"""Seconds of processor time; all together take a few dozen, and what never ends is ended by it."""


def told(module: str, *names: str) -> list[dict[str, str]]:
    """Return what a module of this folder says of patterns or readers, from a process of its own."""
    command = [sys.executable, "-m", f"tests.security.{module}", LIMIT, *names]
    child = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = [json.loads(line) for line in child.stdout.splitlines()]
    assert child.returncode == 0, (lines[-1:], child.stderr)
    return lines


@pytest.mark.timeout(1800)
def test_every_pattern_of_the_product_is_linear() -> None:
    """Each is through 100 KB of text it could read in many ways as fast as its length tells."""
    lines = told("patterns")
    timed = {line["name"]: line["slow"] for line in lines if "slow" in line}
    assert {name: why for name, why in timed.items() if why} == {}
    assert {name.split(".")[0] for name in timed} >= set(HOUSE) - {"nodes"}
    assert len(timed) > 100


@pytest.mark.timeout(1800)
def test_every_reader_of_outside_text_is_linear() -> None:
    """Splitting, naming, parsing and showing a text takes as long as it is, whatever it repeats."""
    timed = {line["name"]: line["slow"] for line in told("readers")}
    assert {name: why for name, why in timed.items() if why} == {}
    assert set(timed) == {*TEXTS, *SENTENCES, *QUESTIONS}


@pytest.mark.parametrize(
    "pattern", [r"(?:a|a)*b", r"\s*;", r"<!--.*?-->", r"(\w+)\(", r"x*x*y", r"[.!?]+(?=\s)"]
)
def test_what_is_not_linear_is_found(pattern: str) -> None:
    """The test above would fail for such patterns: exponential, and those of two shapes that were here."""
    assert slow(re.compile(pattern), frozenset({"search"}))


def test_a_pattern_that_never_ends_is_interrupted() -> None:
    """An exponential pattern costs the test some seconds of processor time, not for ever."""
    assert SECONDS < seconds(re.compile("(?:a|a)*b"), "a" * 1000, frozenset({"match"})) < 60


def test_patterns_are_found_wherever_they_are_kept() -> None:
    """A list of patterns, or a table of them, is looked into; how one is used is read from its module."""
    one, two = re.compile("a"), re.compile("b")
    assert [pattern for _, pattern in held("X", {"k": (one, [two])})] == [one, two]
    assert modes("tools.lexicon.lines", "_MARK") == {"match"}
    assert seconds(one, "a" * 10, frozenset({"search"})) < SECONDS
