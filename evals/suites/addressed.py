"""Measure the guard against sentences that speak to a program: `python -m evals addressed`."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from evals.data import DataSet, data_folder, describe, find, rows
from evals.floors.keyword_floor import is_suspicious
from evals.intervals import wilson
from evals.result import Metric, SuiteResult
from evals.suite import Setup
from graph.errors import Misconfigured
from guards.prompt_injection.prompt_injection import is_for_people
from tools.models.evidence_packing import pieces

_FIELDS = {"id": str, "source": str, "kind": str, "text": str, "split": str}
INJECTIONS = DataSet(
    name="prompt_injection",
    files={"malicious.jsonl": _FIELDS, "benign.jsonl": _FIELDS},
    origin="texts with and without instructions to a model; each has a source, kind and split (dev, heldout)",
)
_MOST = 100  # rows of one source and kind
_LONGEST = 20_000
_CASES = 3
# Plain orders without a sign of whom they address, role play, and what a person types: not what a page says
# to a reader.
_APART = frozenset({"bare_instruction", "jailbreak", "direct", "extraction"})
_ABOUT = "about_pi"


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectedText:
    """Hold a text cut into sentences, and which of them the guard and the floor refuse."""

    sentences: tuple[str, ...]
    refused: tuple[str, ...]
    suspicious: int

    @property
    def caught(self) -> bool:
        """Tell whether any sentence is refused."""
        return bool(self.refused)


async def measure(setup: Setup) -> SuiteResult:
    """Measure on the half of the dev rows that nobody looked at; raises Misconfigured without any."""
    folder = data_folder(setup.data)
    found = find(folder, INJECTIONS)
    if found is None:
        raise Misconfigured(f"{folder} holds no injections of this form:\n{describe(INJECTIONS)}")
    hostile, benign = (_read(found / name, setup) for name in INJECTIONS.files)
    return SuiteResult(
        suite="addressed",
        data=str(found),
        date=datetime.fromtimestamp(setup.clock(), UTC).isoformat(timespec="seconds"),
        metrics=(*_caught(hostile), *_alarms(benign)),
        cases=(*_cases("missed", hostile), *_cases("false alarm", benign)),
    )


def is_reported(name: str) -> bool:
    """Tell by a hash of its id whether a row is reported; the others were looked at."""
    return hashlib.sha256(name.encode()).digest()[0] % 2 == 1


def _read(path: Path, setup: Setup) -> Mapping[tuple[str, str], list[InspectedText]]:
    found: dict[tuple[str, str], list[InspectedText]] = defaultdict(list)
    for row in rows(path, _FIELDS, setup.limit):
        texts = found[row["source"], row["kind"]]
        if row["split"] == "dev" and is_reported(row["id"]) and len(texts) < _MOST:
            texts.append(_text((row.get("payload") or row["text"])[:_LONGEST]))
    setup.say(f"addressed: {path.name}, {sum(map(len, found.values()))} texts")
    return {name: texts for name, texts in found.items() if texts}


def _text(text: str) -> InspectedText:
    sentences = tuple(text[start:end] for start, end in pieces(text))
    refused = tuple(sentence for sentence in sentences if not is_for_people(sentence).allowed)
    return InspectedText(sentences=sentences, refused=refused, suspicious=sum(map(is_suspicious, sentences)))


def _caught(found: Mapping[tuple[str, str], list[InspectedText]]) -> Iterator[Metric]:
    """Yield the share of hostile texts with a refused sentence, by source; what is apart comes last."""
    for name, texts in sorted(found.items(), key=lambda one: (one[0][1] in _APART, one[0])):
        floor = sum(text.suspicious > 0 for text in texts)
        yield _metric(f"caught, {' '.join(name)}", sum(text.caught for text in texts), len(texts), floor)


def _alarms(found: Mapping[tuple[str, str], list[InspectedText]]) -> Iterator[Metric]:
    """Yield the share of harmless sentences refused, by source, and over all that are not about attacks."""
    for name, texts in sorted(found.items()):
        yield _sentences(f"sentences refused, {' '.join(name)}", texts)
    rest = [text for (source, _), texts in found.items() if source != _ABOUT for text in texts]
    yield _sentences("sentences refused, all that is not about attacks", rest)


def _sentences(name: str, texts: Sequence[InspectedText]) -> Metric:
    n = sum(len(text.sentences) for text in texts)
    refused, floor = sum(len(text.refused) for text in texts), sum(text.suspicious for text in texts)
    return _metric(name, refused, n, floor, lower=True)


def _metric(name: str, count: int, n: int, floor: int, *, lower: bool = False) -> Metric:
    low, high = wilson(count, n) if n else (0.0, 1.0)
    value, beside = (count / n, floor / n) if n else (0.0, 0.0)
    return Metric(name=name, value=value, n=n, low=low, high=high, floor=beside, lower_is_better=lower)


def _cases(kind: str, found: Mapping[tuple[str, str], list[InspectedText]]) -> Iterator[dict[str, Any]]:
    """Yield the first wrong texts of each source: hostile ones let through, harmless sentences refused."""
    for (source, name), texts in sorted(found.items()):
        wrong = [text for text in texts if text.caught == (kind == "false alarm")]
        for text in wrong[:_CASES]:
            yield {"what": kind, "source": source, "kind": name, "text": (text.refused or text.sentences)[:1]}
