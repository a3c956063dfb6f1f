"""Probabilities come from a fit that finds what is there, and gold passages are found whatever the blanks."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.fitting import FittedOutcome
from evals.questions import LIBRARY, MULTIHOP, Gold, hits, in_calibration, library, locate, multihop, places
from evals.suite import Setup
from evals.suites.calibrate import abstained, answered, threshold
from evals.suites.corpus import measure
from graph.errors import Misconfigured
from graph.records import Span
from tools.models.extractive import calibration, certainty
from tools.models.extractive.features import NAMES
from tools.models.extractive.logistic import fit, probability


def test_fit_finds_the_sign_of_each_feature() -> None:
    """What speaks for a label gets a positive weight, noise next to none, and the fit repeats itself."""
    draw = random.Random(1)  # noqa: S311 - an example, not a secret
    rows = [(draw.random(), draw.random(), draw.random()) for _ in range(600)]
    labels = [row[0] - row[1] + draw.gauss(0, 0.2) > 0 for row in rows]
    fitted = fit(rows, labels, [1.0] * len(rows))
    assert fitted[0] > 1 > -1 > fitted[1]
    assert abs(fitted[2]) < 1
    assert fit(rows, labels, [1.0] * len(rows)) == fitted


def test_fitted_probabilities_match_the_rate() -> None:
    """Over all rows the mean probability is the share of good ones: the bias is not shrunk."""
    rows = [(at % 7 / 7,) for at in range(140)]
    labels = [at % 5 == 0 for at in range(140)]
    fitted = fit(rows, labels, [1.0] * len(rows))
    assert sum(probability(fitted, row) for row in rows) / len(rows) == pytest.approx(0.2, abs=1e-4)


def test_a_row_that_weighs_twice_counts_twice() -> None:
    """Weights stand for repetition."""
    rows, labels = [(0.0,), (1.0,), (0.5,)], [False, True, False]
    assert fit(rows, labels, [1.0, 2.0, 1.0]) == pytest.approx(
        fit([*rows, (1.0,)], [*labels, True], [1.0] * 4)
    )


def test_stored_weights_fit_the_features() -> None:
    """The file that ships has a weight for each feature and thresholds that are probabilities."""
    stored = calibration.calibration()
    assert len(stored.weights) == len(NAMES) + 1
    assert len(stored.certain) == len(certainty.NAMES) + 1
    assert 0 < stored.support <= stored.answer < 1


def test_weights_of_other_features_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Weights that belong to other features are an operator's mistake, not a wrong answer."""
    stored = json.loads(calibration.FILE.read_text(encoding="utf-8"))
    del stored["candidate"]["weights"][NAMES[0]]
    (tmp_path / "other.json").write_text(json.dumps(stored), encoding="utf-8")
    monkeypatch.setattr(calibration, "FILE", tmp_path / "other.json")
    calibration.calibration.cache_clear()
    try:
        with pytest.raises(Misconfigured, match="calibrate"):
            calibration.calibration()
    finally:
        calibration.calibration.cache_clear()


def test_threshold_lies_between_what_is_and_what_is_not_answerable() -> None:
    """Where the two can be told apart, the threshold does."""
    made = [
        FittedOutcome(corpus=corpus, answerable=answerable, best=best, found=answerable)
        for answerable, best in ((True, 0.6), (True, 0.5), (False, 0.2), (False, 0.1))
        for corpus in ("c", "c without gold")
        if answerable is False or corpus == "c"
    ]
    level = threshold(made)
    assert answered(made, level) == abstained(made, level) == 1.0


@given(st.text(alphabet="ab .\n", min_size=1).filter(str.strip), st.text(max_size=20), st.text(max_size=20))
def test_quote_is_found_whatever_its_white_space(quote: str, before: str, after: str) -> None:
    """A quote whose lines were broken elsewhere is found, with its own characters at the offsets."""
    text = before + quote.replace(" ", "\n ") + after
    place = locate(text, quote)
    assert place is not None
    assert "".join(text[place[0] : place[1]].split()) == "".join(quote.split())


def test_half_of_the_shorter_is_a_hit() -> None:
    """A citation counts when it covers half of the shorter of itself and the gold passage, in its source."""
    gold = [Span(source="a", start=10, end=30)]
    assert hits(Span(source="a", start=20, end=60), gold)
    assert hits(Span(source="a", start=12, end=16), gold)
    assert not hits(Span(source="a", start=21, end=60), gold)
    assert not hits(Span(source="b", start=10, end=30), gold)


def test_gold_may_stand_in_another_document() -> None:
    """A passage that is repeated elsewhere is found in each of its documents and in no other."""
    gold = Gold(documents=("one.md", "two.md"), quote="same words")
    texts = {"1": "the same  words", "2": "same words", "3": "same words"}
    found = places(gold, texts, {"1": "one.md", "2": "two.md", "3": "three.md"})
    assert [span.source for span in found] == ["1", "2"]


def test_library_rows_are_read_whole() -> None:
    """Every row of both files has a question, and every gold document exists."""
    for name in ("questions.jsonl", "calibration.jsonl"):
        corpus = library(LIBRARY, name)
        assert all(row.question for row in corpus.rows)
        named = {document for row in corpus.rows for gold in row.gold for document in gold.documents}
        assert all((corpus.documents / document).is_file() for document in named)


def test_no_row_both_calibrates_and_reports(tmp_path: Path) -> None:
    """The rows of MultiHop-RAG are split by a hash of their ids: each is in one half."""
    stub = {
        "id": "d",
        "url": "u",
        "title": 'T: "x"',
        "source": "S",
        "author": "A",
        "published_at": "2023-01-02",
    }
    asked = [
        {"id": str(at), "question": "?", "type": "k", "evidence": [{"url": "u", "fact": "f"}]}
        for at in range(40)
    ]
    (tmp_path / "doc_stubs.jsonl").write_text(json.dumps({**stub, "text": "f"}), encoding="utf-8")
    (tmp_path / "qa.jsonl").write_text("\n".join(map(json.dumps, asked)), encoding="utf-8")
    halves = [multihop(tmp_path, tmp_path / "made", calibrates=half) for half in (True, False)]
    ids = [{row.id for row in half.rows} for half in halves]
    assert not ids[0] & ids[1]
    assert ids[0] | ids[1] == {row["id"] for row in asked}
    assert all(in_calibration(name) for name in ids[0])
    assert "S, 2023-01-02" in (tmp_path / "made" / "d.md").read_text(encoding="utf-8")
    assert {half.name for half in halves} == {MULTIHOP.name}


async def test_corpus_of_library_form_is_measured(tmp_path: Path) -> None:
    """A folder with documents and questions is asked through the whole product, and the figures add up."""
    (tmp_path / "documents").mkdir()
    text = (
        "# Marlin\n\nEntries in Marlin live for 24 hours unless the writer asks for a different lifetime.\n"
    )
    (tmp_path / "documents" / "marlin.md").write_text(text, encoding="utf-8")
    quote = "Entries in Marlin live for 24 hours unless the writer asks for a different lifetime."
    rows = [
        {"id": "1", "question": "How long do entries in Marlin live?", "kind": "single",
         "gold": [{"document": "marlin.md", "quote": quote}]},
        {"id": "2", "question": "What does the Borealis licence cost?", "kind": "unanswerable", "gold": []},
    ]  # fmt: skip
    (tmp_path / "questions.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    measured = await measure(Setup(data=tmp_path, limit=None, clock=lambda: 0.0, say=lambda _: None))
    values = {metric.name: (metric.value, metric.n) for metric in measured.metrics}
    assert values["gold passage cited"] == (1.0, 1)
    assert values["abstained when unanswerable"] == (1.0, 1)
    assert values["citations verify"][0] == 1.0
    assert measured.cases == ()
    limited = await measure(Setup(data=tmp_path, limit=1, clock=lambda: 0.0, say=lambda _: None))
    assert "abstained when unanswerable" not in {metric.name for metric in limited.metrics}


def test_threshold_changes_what_is_answered() -> None:
    """A root at the threshold is answered, one just below it is not."""
    one = FittedOutcome(corpus="c", answerable=True, best=0.5, found=True)
    assert answered([one], 0.5) == 1.0
    assert answered([replace(one, best=0.49)], 0.5) == 0.0
