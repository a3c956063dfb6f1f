"""Each kind of question gets its kind of answer, first; what the sources do not say is not claimed."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from graph.reading import Excerpt
from tests.tools.models.extractive.made import RUN, excerpt, words
from tools.models.extractive.calibration import calibration
from tools.models.extractive.reader import ExtractiveReader

KILN = """# Kiln

The kiln weighs 310 kg and stands on four feet. The kiln belongs to the ceramics workshop.

The kiln was established as a shared tool in 2014. Its door seals itself above 90 degrees.

## Firing

Prepare the kiln before each firing:

1. Clean the shelves.
2. Close the damper.
3. Press Start twice.

The fan must run during a firing, because otherwise fumes stay in the room.

## Glossary

### Bisque

Clay that was fired once and carries no glaze.

## Programs

| Program | Peak | Hours |
|---------|------|-------|
| Slow    | 980  | 11    |
| Fast    | 1040 | 7     |

The Rapid Thermal Controller (RTC) cuts the power when a sensor fails.
"""
WHEEL = """# Wheel

The wheel turns at most 240 times a minute. It may not be used without an apron.

Since version 2.3 of its firmware the wheel stops by itself after 15 idle minutes.
"""
FOLDER = [excerpt(KILN, title="Kiln"), excerpt(WHEEL, title="Wheel")]


ANSWERED = [
    ("How heavy is the kiln?", "310 kg"),
    ("Who owns the kiln?", "ceramics workshop"),
    ("When was the kiln founded?", "2014"),
    ("Why must the fan run during a firing?", "because otherwise fumes"),
    ("What is bisque?", "Clay that was fired once"),
    ("what is biscque", "Clay that was fired once"),
    ("What does RTC stand for?", "Rapid Thermal Controller"),
    ("May the wheel be used without an apron?", "without an apron"),
    ("Since which version does the wheel stop by itself?", "version 2.3"),
    ("How many hours does the Slow program take?", "| Slow    | 980  | 11    |"),
    ("How do I prepare the kiln before each firing?", "Press Start twice"),
]
"""Questions, and what the first claim must hold."""


async def read(question: str, excerpts: list[Excerpt] = FOLDER, least: float | None = None) -> list[str]:
    """Return the claims for a question; none where the first is less likely than `least`, else `answer`."""
    claims = await ExtractiveReader().read(RUN, "b1", question, excerpts)
    sure = claims and claims[0].relevance >= (calibration().answer if least is None else least)
    return [words(claim, excerpts) for claim in claims] if sure else []


@pytest.mark.parametrize(("question", "first"), ANSWERED)
async def test_the_first_claim_answers(question: str, first: str) -> None:
    """The value, reason, ruling, definition, row or list that is asked for comes first."""
    claims = await read(question, least=0.0)
    assert claims
    assert first in claims[0]


async def test_simple_questions_clear_the_threshold() -> None:
    """Of questions that a folder answers in so many words, four of five or more get their answer."""
    answered = [bool(await read(question)) for question, _ in ANSWERED]
    assert sum(answered) / len(answered) >= 0.8


@pytest.mark.parametrize(
    "question",
    [
        "What does the kiln cost?",
        "Which supplier delivers the glaze of the Borealis workshop?",
        "How many people founded the Borealis museum?",
    ],
)
async def test_what_is_not_said_is_not_claimed(question: str) -> None:
    """A text on the subject that lacks what is asked for is no answer."""
    assert await read(question) == []


async def test_a_question_is_no_answer_and_a_copy_no_second_claim() -> None:
    """A heading that asks is not claimed, and the same sentence of a copy is one claim."""
    text = "How heavy is the loom?\n\nThe loom weighs 45 kg without its bench."
    copies = [excerpt(text, title="Loom"), excerpt(text, title="Loom, copy")]
    claims = await read("How heavy is the loom?", copies)
    assert [claim for claim in claims if "45 kg" in claim] == ["The loom weighs 45 kg without its bench."]
    assert not any(claim.endswith("?") for claim in claims)


_THINGS = (
    "the kiln", "the wheel", "bisque", "the fan", "the Slow program", "the Fast program", "the firmware",
    "a firing", "the damper", "the RTC",
)  # fmt: skip
_WORDINGS = (
    "What is {}?",
    "How heavy is {}?",
    "Why must {} run?",
    "How do I prepare {}?",
    "Which parts does {} have?",
    "What is the difference between {} and the wheel?",
)
_SCRIPT = """
import asyncio, sys
from tests.tools.models.extractive.test_kinds import FOLDER
from tests.tools.models.extractive.made import RUN
from tools.models.extractive.reader import ExtractiveReader
for question in sys.argv[1:]:
    print(asyncio.run(ExtractiveReader().read(RUN, "b1", question, FOLDER)))
"""


def test_the_answer_does_not_depend_on_the_seed_of_hashes() -> None:
    """Four seeds of Python's hashes give the same claims with the same relevance, to the last digit."""
    asked = [wording.format(thing) for thing in _THINGS for wording in _WORDINGS]
    assert len(asked) >= 60
    printed = {
        subprocess.run(
            [sys.executable, "-c", _SCRIPT, *asked],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in range(4)
    }
    assert len(printed) == 1
