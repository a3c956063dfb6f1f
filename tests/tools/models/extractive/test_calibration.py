"""Weights fit the features, and gold passages are found whatever the blanks."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.questions import LIBRARY, MULTIHOP, Gold, hits, in_calibration, library, locate, multihop, places
from evals.suite import Setup
from evals.suites.corpus import measure
from graph.errors import Misconfigured
from graph.records import Span
from tools.models.extractive import calibration, certainty
from tools.models.extractive.features import NAMES


def test_stored_weights_fit_the_features() -> None:
    """The file that ships has a weight for each feature and thresholds that are probabilities."""
    stored = calibration.calibration()
    assert len(stored.ranking) == len(NAMES)
    assert len(stored.known) == len(stored.right) == len(certainty.NAMES) + 1
    assert 0 < stored.support <= stored.answer <= stored.strong < 1


def test_an_answer_is_shown_only_where_the_sources_are_likely_enough_to_give_one() -> None:
    """However likely the best candidates are; and the relevance stays the probability where it can."""
    zeros = (0.0,) * len(certainty.NAMES)
    for known, right, shown in ((2.0, 1.0, True), (2.0, -9.0, True), (-2.0, 9.0, False)):
        one = replace(calibration.calibration(), known=(*zeros, known), right=(*zeros, right), level=0.5)
        assert (one.relevance(zeros) >= one.answer) is shown
    sure = replace(calibration.calibration(), known=(*zeros, 2.0), right=(*zeros, 1.0), level=0.5)
    assert sure.relevance(zeros) == pytest.approx(0.731, abs=1e-3)


def test_other_weights_are_used_only_while_they_are_held() -> None:
    """What is measured with weights fitted apart leaves nothing behind."""
    other = replace(calibration.calibration(), level=0.123)
    with calibration.weighed_by(other):
        assert calibration.calibration() is other
    assert calibration.calibration() is not other


def test_weights_of_other_features_are_refused() -> None:
    """Weights that belong to other features are an operator's mistake, not a wrong answer."""
    stored = json.loads(calibration.FILE.read_text(encoding="utf-8"))
    del stored["candidate"][NAMES[0]]
    with pytest.raises(Misconfigured, match="calibrate"):
        calibration.read(stored)


@given(st.text(alphabet="ab .\n", min_size=1).filter(str.strip), st.text(max_size=20), st.text(max_size=20))
def test_quote_is_found_whatever_its_white_space(quote: str, before: str, after: str) -> None:
    """A quote whose lines were broken elsewhere is found, with its own characters at the offsets."""
    text = before + quote.replace(" ", "\n ") + after
    place = locate(text, quote)
    assert place is not None
    assert "".join(text[place[0] : place[1]].split()) == "".join(quote.split())


def test_quote_is_found_though_a_reader_dropped_its_marks() -> None:
    """Bullets, tags and the borders of a table are gone, and the names of columns stand between cells."""
    row = "Cloth: linen; Weight: 45 kg"
    text = f"Looms.\n\n- The *loom*\n- The mill\n\n{row}\n"
    for quote, found in (
        ("* The loom\n* The mill", "The *loom*\n- The mill"),
        ("<td>linen</td><td>45 kg</td>", "linen; Weight: 45 kg"),
        ("| 45 kg | linen |", None),
    ):
        place = locate(text, quote)
        assert (text[slice(*place)] if place else None) == found


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
