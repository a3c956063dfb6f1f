"""An excerpt is read as headings, paragraphs, items, rows and code, each with what leads it in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tools.models.extractive.made import excerpt
from tools.lexicon.terms import stem
from tools.models.extractive.candidate import Candidate, Unit
from tools.models.extractive.pool import candidates
from tools.models.extractive.structure import Kind, blocks

GUIDE = """## Valves

The pump has three valves:

- **Inlet**: opens at 2 bar.
- **Outlet**: opens at 5 bar,
  and closes by itself.

| Valve | Colour |
|-------|--------|
| Inlet | blue   |

Run the test:

```sh
pump --test
```

Was it quick?
"""


def kinds(text: str) -> list[tuple[Kind, str]]:
    return [(block.kind, text[block.start : block.end]) for block in blocks(text)]


def cut(text: str) -> dict[str, Candidate]:
    return {candidate.text: candidate for candidate in candidates([excerpt(text)])}


def test_each_line_is_told_for_what_it_is() -> None:
    """Marks are left out, wrapped lines go on, rules and blank lines are nothing."""
    assert kinds(GUIDE) == [
        (Kind.HEADING, "Valves"),
        (Kind.PROSE, "The pump has three valves:"),
        (Kind.ITEM, "**Inlet**: opens at 2 bar."),
        (Kind.ITEM, "**Outlet**: opens at 5 bar,\n  and closes by itself."),
        (Kind.ROW, "| Valve | Colour |"),
        (Kind.ROW, "| Inlet | blue   |"),
        (Kind.PROSE, "Run the test:"),
        (Kind.CODE, "pump --test"),
        (Kind.PROSE, "Was it quick?"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Terms\n=====\nText.",
        "3.1.  Terms\n\nText.",
        "Terms\n\nText.",
        "TERMS\n    They are explained here.",
    ],
)
def test_a_heading_is_known_in_every_dress(text: str) -> None:
    """Underlined, numbered, alone on its line, or above the indented text that explains it."""
    assert kinds(text)[0][0] is Kind.HEADING


def test_an_excerpt_may_begin_inside_code() -> None:
    """Where the first fence closes what was opened before, code and text do not change places."""
    text = "x = 1\n```\n\nThis is said.\n\n```python\ny = 2\n```\n"
    assert [kind for kind, _ in kinds(text)] == [Kind.CODE, Kind.PROSE, Kind.CODE]


def test_a_list_is_one_candidate_with_its_lead_in_and_its_items_are_others() -> None:
    """The lead-in alone is none; an item and a row are said of what leads them in."""
    found = cut(GUIDE)
    assert "The pump has three valves:" not in found
    whole = next(one for one in found.values() if one.unit is Unit.LIST)
    assert whole.text.startswith("The pump has three valves:")
    assert whole.text.endswith("closes by itself.")
    assert found["**Inlet**: opens at 2 bar."].subject >= {stem("pump"), stem("valves")}
    row = found["| Valve | Colour |\n| Inlet | blue   |"]
    assert row.subject >= {stem("colour"), stem("valve")}
    assert len(row.spans) == 2


def test_code_comes_with_what_announces_it() -> None:
    """The sentence before a command says what it is for."""
    example = next(one for one in cut(GUIDE).values() if one.unit is Unit.EXAMPLE)
    assert example.text.startswith("Run the test:")
    assert "pump --test" in example.text


@given(st.text(alphabet="ab#-*|`>=.:\n \t1", max_size=300))
def test_every_block_lies_in_the_text_and_blocks_do_not_overlap(text: str) -> None:
    """Whatever the marks, offsets are in order and hold something."""
    at = 0
    for block in blocks(text):
        assert at <= block.start < block.end <= len(text)
        at = block.end
