"""Draw the quotes that `evals.suites.wording` changes, and read the rewordings it must let through."""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.data import DataSet, rows

DOCS_QA = DataSet(
    name="docs_qa",
    files={"questions.jsonl": {"id": str, "question": str, "gold": list}},
    origin="questions about public documentation, each with the passages that answer it",
)
WICE = DataSet(
    name="wice",
    files={"rows.jsonl": {"claim": str, "evidence": list, "supporting_sentences": list}},
    origin="WiCE, https://github.com/ryokamoi/wice",
)
REWORDINGS = Path(__file__).parents[1] / "library" / "rewordings.jsonl"

SHORTEST = 8
"""The fewest words of a quote that is drawn: shorter ones are mostly headings."""

_SEED = 20261130
_WORD = re.compile(r"[^\W\d_]{2,}")
_META = "(meta data)"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandWording:
    """Hold a sentence that says no more than its quotes, how it was made, and when."""

    written: str
    how: str
    quotes: tuple[str, ...]
    text: str


def rewordings(limit: int | None = None) -> tuple[HandWording, ...]:
    """Read the rewordings, which were written by hand."""
    fields = {"written": str, "how": str, "quotes": list, "text": str}
    return tuple(
        HandWording(written=row["written"], how=row["how"], quotes=tuple(row["quotes"]), text=row["text"])
        for row in rows(REWORDINGS, fields, limit)
    )


def draw(sets: Sequence[tuple[DataSet, Path]], count: int, without: Collection[str] = ()) -> list[str]:
    """Draw so many quotes by a fixed seed, an equal share of each set as far as it has others."""
    chance = random.Random(_SEED)  # noqa: S311 - a sample, not a secret
    drawn: list[str] = []
    for at, (form, folder) in enumerate(sets):
        pool = sorted({q for q in _quotes(form, folder) if _is_sentence(q)} - {*drawn, *without})
        share = (count - len(drawn)) // (len(sets) - at)
        drawn += chance.sample(pool, min(share, len(pool)))
    return drawn


def _is_sentence(quote: str) -> bool:
    return len(_WORD.findall(quote)) >= SHORTEST and _META not in quote


def _quotes(form: DataSet, folder: Path) -> Iterator[str]:
    name, fields = next(iter(form.files.items()))
    for row in rows(folder / name, fields):
        if form is DOCS_QA:
            yield from (gold["quote"] for gold in row["gold"])
        else:
            yield from (
                row["evidence"][at] for at in {at for ids in row["supporting_sentences"] for at in ids}
            )
