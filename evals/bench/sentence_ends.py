"""Measure where sentences end: texts of known sentences, in the scripts and layouts people write."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from evals.bench.sentence_texts import TEXTS
from evals.intervals import wilson
from evals.result import Metric
from tools.lexicon.sentences import sentences

Splitter = Callable[[str], Sequence[tuple[int, int]]]
TARGET = 0.9


def sentence_ends(split: Splitter = sentences) -> tuple[tuple[Metric, ...], list[Mapping[str, Any]]]:
    """Return the share of texts whose sentences are all found, and those that are cut otherwise."""
    wrong = [_wrong(kind, marked, split) for kind, marked in TEXTS]
    cases = [case for case in wrong if case]
    right = len(TEXTS) - len(cases)
    low, high = wilson(right, len(TEXTS))
    return (
        Metric(
            name="texts cut into their sentences",
            value=right / len(TEXTS),
            n=len(TEXTS),
            low=low,
            high=high,
            target=TARGET,
        ),
    ), cases


def _wrong(kind: str, marked: str, split: Splitter) -> Mapping[str, Any]:
    """Return how a text is cut, where that is wrong; signs and blanks around a sentence do not count."""
    text = marked.replace("¦", "")
    found = [text[start:end] for start, end in split(text)]
    same = _letters(found) == _letters(marked.split("¦"))
    return {} if same else {"kind": kind, "text": text, "found": found}


def _letters(pieces: Sequence[str]) -> list[str]:
    return [letters for piece in pieces if (letters := "".join(filter(str.isalnum, piece)))]
