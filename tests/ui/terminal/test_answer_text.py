"""What a person reads at a terminal is the answer, its sources and its limits."""

from __future__ import annotations

import re
from typing import Any

import pytest

from graph.records import Status, source_id
from guards.answer_status import SILENCE
from guards.visible_text import UNSAFE
from tests.ui.report import examples
from ui.terminal.answer_text import answer_text
from ui.terminal.report_output import print_report


def test_the_answer_comes_first_then_its_sources_then_its_limits() -> None:
    """A reader gets numbered sentences, what each number is, and what is not known; no hash, no offset."""
    shown = answer_text(examples.report())
    first = shown.index("The Alpha plant opened in 1971. [1]")
    sources = shown.index("Sources\n[1] alpha (/documents/alpha.txt, 1999-05)")
    limits = shown.index("Limits of this answer\n- Resting on one source: claim c1 rests on one source")
    assert first < sources < limits
    assert source_id(examples.ALPHA) not in shown
    assert "characters" not in shown


def test_markup_of_a_source_is_not_shown() -> None:
    """What a source wrote in Markdown is read as its words, and the source's own marks are gone."""
    shown = answer_text(said("The **Alpha** plant [opened](https://example.org) in 1971.[4]"))
    assert "The Alpha plant opened in 1971. [1]" in shown


def test_a_worded_sentence_stands_with_its_quote() -> None:
    """What a model worded can be compared with the words of the source at a glance."""
    report = said("Alpha began in 1971.", quote="The Alpha plant opened in 1971.")
    report["claims"][0]["wording"] = "checked"
    assert "    “The Alpha plant opened in 1971.”" in answer_text(report)


def test_silence_is_said() -> None:
    """Where the sources do not say, that is the answer, and no source is listed."""
    report = {
        **examples.report(),
        "answer": SILENCE,
        "claims": [],
        "sources": [],
        "status": str(Status.UNANSWERED),
    }
    shown = answer_text(report)
    assert SILENCE in shown
    assert "Sources" not in shown


def test_a_hostile_source_does_nothing_to_a_terminal() -> None:
    """Whatever a source holds is shown as words."""
    hostile = "\x1b[2J**x**\u202e <script>alert(1)</script>"
    report = said(f"{hostile} ends.", quote=hostile)
    report["sources"][0].update(title=hostile, location=hostile)
    report["unknowns"][0]["detail"] = hostile
    assert not UNSAFE.search(answer_text(report).replace("\n", ""))


@pytest.mark.parametrize(("whole", "has_hash"), [(False, False), (True, True)])
def test_verbose_prints_the_whole_page(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *, whole: bool, has_hash: bool
) -> None:
    """At a terminal the page with hashes and offsets is printed where it is asked for."""
    monkeypatch.setattr("ui.terminal.report_output.is_terminal", lambda _: True)
    monkeypatch.setenv("COLUMNS", "200")
    print_report(examples.report(), as_json=False, whole=whole)
    assert (source_id(examples.ALPHA) in capsys.readouterr().out) is has_hash


def said(text: str, quote: str = "") -> dict[str, Any]:
    """Return a report of one claim in these words."""
    report = examples.report()
    first = report["claims"][0]
    first["text"] = text
    if quote:
        first["citations"][0]["quote"] = quote
    escaped = re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)
    return {**report, "answer": f"{escaped} [1]", "claims": [first]}
