"""Write the same invented facts in many languages, as prose and as a table, with questions about them."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).parent.parent / "islands"
_TABLES = ("tuned", "held_back")
_JOINED = {"th": "\n", "zh": "", "ja": ""}
"""What stands between sentences, where that is no blank; in Thai a line is a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IslandQuestion:
    """Ask about one island in one language; an answer holds all the words it `must`, none: not answerable.

    It names none of the `others`: a whole table answers nothing.
    """

    language: str
    form: str
    held_back: bool
    fact: str
    text: str
    must: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IslandFolder:
    """Hold the one document of a folder, the units a plain search would find in it, and its questions."""

    name: str
    document: str
    units: tuple[str, ...]
    questions: tuple[IslandQuestion, ...]


def languages() -> tuple[str, ...]:
    """Return the codes (ISO 639-1) of the languages the facts are written in."""
    return tuple(_read("names"))


def folders(language: str) -> Iterator[IslandFolder]:
    """Yield the facts of a language as prose and as a table."""
    facts = [(table, fact) for table in _TABLES for fact in _read(table)]
    column, *islands = _read("names")[language]
    spoken = [_sentences(fact, language, islands) for _, fact in facts]
    lines = [[said[at] for said in spoken] for at in range(len(islands))]
    between = _JOINED.get(language, " ")
    yield IslandFolder(
        name="notes.md",
        document="\n\n".join(between.join(line) for line in lines) + "\n",
        units=tuple(sentence for line in lines for sentence in line),
        questions=tuple(_questions(language, "prose", facts, islands)),
    )
    cells = [[island, *(_cell(fact, language, at) for _, fact in facts)] for at, island in enumerate(islands)]
    header = [column, *(fact["said"][language][2] for _, fact in facts)]
    yield IslandFolder(
        name="table.csv",
        document=_table([header, *cells]),
        units=tuple(_table([header, row]) for row in cells),
        questions=tuple(_questions(language, "table", facts, islands)),
    )


def _read(name: str) -> Any:  # noqa: ANN401 - YAML names no types
    return yaml.safe_load((_FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


def _sentences(fact: Mapping[str, Any], language: str, islands: Sequence[str]) -> list[str]:
    said, values = fact["said"][language][0], _values(fact, language)
    return [said.format(island=island, value=value) for island, value in zip(islands, values, strict=True)]


def _values(fact: Mapping[str, Any], language: str) -> list[str]:
    return list(fact.get("spelt", {}).get(language, fact["values"]))


def _cell(fact: Mapping[str, Any], language: str, at: int) -> str:
    """Return a value as a table has it: a number in figures, whatever the prose spells out."""
    plain = fact["values"][at]
    return str(plain if plain.isdigit() else _values(fact, language)[at])


def _questions(
    language: str, form: str, facts: Sequence[tuple[str, Mapping[str, Any]]], islands: Sequence[str]
) -> Iterator[IslandQuestion]:
    """Yield a question about each fact, of one island after the other, then the near misses of the first."""
    for at, (table, fact) in enumerate(facts):
        which = at % len(islands)
        value = _cell(fact, language, which) if form == "table" else str(_values(fact, language)[which])
        yield IslandQuestion(
            language=language,
            form=form,
            held_back=table == "held_back",
            fact=fact["name"],
            text=fact["said"][language][1].format(island=islands[which]),
            must=(islands[which], value),
            others=tuple(island for island in islands if island != islands[which]),
        )
    for text in _read("near_misses")[language]:
        asked = text.format(island=islands[0])
        yield IslandQuestion(
            language=language, form=form, held_back=False, fact="none", text=asked, must=(), others=()
        )


def _table(rows: Sequence[Sequence[str]]) -> str:
    stream = StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue()
