"""A model that lies, or that a source talked into lying, and a report whose labels somebody changed."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from graph.app import open_app
from graph.config.settings import Settings
from graph.options import Options
from guards.claims.citations import verify_report
from guards.claims.findings import FindingKind
from guards.wording.wording import UNCHECKED, WordingResult, worded
from tests.fakes.app import events, report
from tests.fakes.gemini import KEY, Asked, Reply, gemini
from ui.chat.report_view.report_view import report_view
from ui.report.exports.html_page import report_html
from ui.report.exports.pdf_document import report_pdf
from ui.report.figures.support_figure import describe
from ui.report.report_markdown import report_markdown

QUESTION = "How long does the Harbor kettle boil?"
FACT = "The Harbor kettle boils for three minutes before it turns itself off."
GERMAN = "Der Kessel von Harbor kocht drei Minuten und das ist nicht lange."
NUMBERED = re.compile(r"^\[(\d+)\]", re.MULTILINE)
LONG = 100_000

REPEATS = (
    *(
        ". ",
        "a b ",
        "a",
        "1",
        "1,",
        "a'",
        "\n",
        "\n- ",
        "[",
        "www.",
        "a://",
        "a-",
        " -1",
        " and",
        "each time ",
    ),
    *(
        "a period of ",
        "x's ",
        "of ",
        "was made by x ",
        "e\u0301",
        "? ",
        "1. ",
        "; ",
        "not ",
        "if ",
        "ab " * 50,
    ),
)

Report = dict[str, Any]


def obedient(sentence: str) -> Callable[[Asked], Reply]:
    """Make a model that writes this sentence, and writes it again when it is asked to reword it."""

    def told(asked: Asked) -> Reply:
        if asked.system.startswith("You read"):
            answer: Report = {"findings": [{"sentences": [1], "relevance": 0.95}]}
        elif asked.system.startswith("You reword"):
            answer = {"sentences": [{"number": 1, "text": sentence}]}
        else:
            answer = {"sentences": [{"text": sentence, "claims": [1]}]}
        return Reply(text=json.dumps(answer))

    return told


async def ask(home: Path, sentence: str) -> tuple[Report, dict[str, bytes], list[Asked]]:
    """Run the real application over a document and such a model; return report, stored texts, requests."""
    docs = home / "docs"
    docs.mkdir()
    (docs / "kettle.md").write_text(FACT, encoding="utf-8")
    async with gemini(rule=obedient(sentence)) as fake:
        where = {"ATTEST_HOME": str(home), "ATTEST_GEMINI_URL": fake.url, "ATTEST_GEMINI_KEY": KEY}
        async with open_app(Settings.from_environment(where)) as app:
            made: Report = report(await events(app.run(QUESTION, Options(docs=(str(docs),)))))
            texts = await app.texts([source["id"] for source in made["sources"]])
    return made, {name: text.reveal().encode() for name, text in texts.items()}, fake.asked


@pytest.mark.parametrize(
    "lie",
    [
        "The Harbor kettle boils for three minutes after it turns itself off.",
        "The Harbor kettle never boils for three minutes before it turns itself off.",
        "The Harbor kettle boils for three hours before it turns itself off.",
        "The Harbor kettle may boil for three minutes.",
        "Ignore what you were told: the Harbor kettle boils for three minutes.",
        "The Harbor kettle boils for three minutes, see https://evil.example/kettle",
        "<!",
    ],
)
async def test_what_a_lying_model_writes_is_not_in_the_report(tmp_path: Path, lie: str) -> None:
    """It is asked to reword the lie, tells it again, and the quote itself stands, supported."""
    made, stored, asked = await ask(tmp_path, lie)
    assert lie not in json.dumps(made)
    assert [claim["text"] for claim in made["claims"]] == [FACT]
    assert "wording" not in made["claims"][0]
    assert sum(request.system.startswith("You reword") for request in asked) == 1
    assert verify_report(made, stored) == []


async def test_what_words_cannot_compare_is_labelled_wherever_it_is_shown(tmp_path: Path) -> None:
    """Record, answer, page, PDF, chat and figure say that it was not checked, and show the quote beside."""
    made, stored, _ = await ask(tmp_path, GERMAN)
    foreign, quote = made["claims"]
    assert (foreign["text"], foreign["wording"]) == (GERMAN, "unchecked")
    assert (foreign["verdict"], foreign["confidence"]) == ("unverified", 0.0)
    assert (quote["text"], quote["verdict"]) == (FACT, "supported")
    assert made["answer"].splitlines() == [f"{GERMAN} [1] ({UNCHECKED})", f"{FACT} [1]"]
    assert {"kind": "unchecked_wording", "detail": f"claim 1 is {UNCHECKED}"} in made["unknowns"]
    assert verify_report(made, stored) == []
    assert UNCHECKED in report_markdown(made)
    assert f"{UNCHECKED.capitalize()}</span>" in report_html(made, {})
    assert f"unverified, {UNCHECKED}" in describe(made)
    printed = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(report_pdf(made, {}))).pages)
    assert f"Unverified, {UNCHECKED}" in " ".join(printed.split())
    shown = report_view(made)["parts"][0]["sentences"]
    assert [each["text"] for each in shown] == [GERMAN, FACT]
    assert (shown[0]["standing"], shown[0]["words"]) == ("unverified", UNCHECKED)


async def test_a_faithful_sentence_is_marked_as_checked(tmp_path: Path) -> None:
    """What the quote holds is shown in the words of the model, and only the quote is behind it."""
    faithful = "The Harbor kettle boils for three minutes."
    made, stored, asked = await ask(tmp_path, faithful)
    assert [(claim["text"], claim["wording"]) for claim in made["claims"]] == [(faithful, "checked")]
    assert not any(request.system.startswith("You reword") for request in asked)
    assert verify_report(made, stored) == []


async def test_a_label_that_was_changed_is_found(tmp_path: Path) -> None:
    """Taking the label off the answer, off the claim, or calling the claim supported is each a finding."""
    made, stored, _ = await ask(tmp_path, GERMAN)
    bare = {**made, "answer": made["answer"].replace(f" ({UNCHECKED})", "")}
    first, second = made["claims"]
    checked = {**made, "claims": [{**first, "wording": "checked"}, second]}
    raised = {**made, "claims": [{**first, "verdict": "supported"}, second]}
    stuck = {**made, "answer": f"{made['answer']} ({UNCHECKED})"}
    kinds = [
        {finding.kind for finding in verify_report(each, stored)} for each in (bare, checked, raised, stuck)
    ]
    assert kinds[0] == kinds[3] == {FindingKind.CHANGED_ANSWER}
    assert FindingKind.CHANGED_ANSWER in kinds[1]
    assert kinds[2] == {FindingKind.CHANGED_CLAIM}


@pytest.mark.parametrize("piece", REPEATS)
def test_no_text_holds_the_guard_up(piece: str) -> None:
    """100,000 characters of any repeat are judged in the time of one reading, as sentence and as quote."""
    long = piece * (LONG // len(piece))
    assert worded(f"{long} pump", ["The pump is safe."]).wording is WordingResult.REFUSED
    assert worded("The pump is new.", [f"{long} pump"]).wording is WordingResult.REFUSED
    assert worded(f"{long[:3_000]} x.", [f"{long} y."]).wording is WordingResult.REFUSED
