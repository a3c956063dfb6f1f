# ruff: noqa: RUF001 - Greek is meant: it has no Latin letter
"""Every text that a person reads comes from one catalogue, which is ready for a second language."""

from __future__ import annotations

import gettext
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from lxml import html  # type: ignore[import-untyped]
from pypdf import PdfReader

from graph.events import CallRetried, CallStarted, Event, Indexing, Noted, PhaseStarted, Planned
from graph.records import Outcome, Phase, Status
from graph.untrusted import Untrusted
from tests.ui.report import examples
from ui import catalogue
from ui.catalogue import FOLDER, _, languages, ngettext, speaking, spoken
from ui.chat.report_view.report_view import report_view
from ui.chat.report_view.source_view import source_view
from ui.chat.run_view.run_view_model import CallView, RunViewModel
from ui.chat.run_view.run_view_words import call_story, call_title, doing, line_story
from ui.report.exports.html_page import report_html
from ui.report.exports.pdf_document import report_pdf
from ui.report.publish import HTML, publish
from ui.report.report_markdown import report_markdown
from ui.report.verify_report import verify_folder
from ui.terminal.answer_text import answer_text
from ui.terminal.event_words import EventWords

ROOT = Path(__file__).parents[2]
LETTERS = re.compile(r"[A-Za-z]+")
HELD = re.compile(r"(\{\w+\})")
STATED = {"attest", "verify", "report", "json", "sources", "txt", "ZIP", "UTC", "usd", "s", "USD", "resume"}
"""What no language translates: commands, names of files, units."""
TIMINGS = {**examples.report()["timings"], "phases": {"INITIALIZING": 0.1}}
GREEK = "Η αντλία σταματά."
KINDS = ("single_source", "unanswered", "stopped")


class Pseudo(gettext.NullTranslations):
    """Write every letter of a text as ж, so that a text that was not looked up is seen."""

    def gettext(self, message: str) -> str:
        return "".join(
            part
            if HELD.fullmatch(part)
            else LETTERS.sub(lambda word: "ж" * len(word[0]), part)
            if not (set(LETTERS.findall(part)) <= STATED)
            else part
            for part in HELD.split(message)
        )

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


@pytest.fixture
def pseudo(monkeypatch: pytest.MonkeyPatch) -> None:
    """Speak the pseudo-language."""
    monkeypatch.setattr(catalogue, "_catalogue", lambda _: Pseudo())


def greek(status: Status = Status.PARTLY, **more: Any) -> dict[str, Any]:  # noqa: ANN401  # any field
    """Return a report whose own words have no Latin letter: what is left of these is a text of ours."""
    claim = {**examples.claim(1, GREEK, GREEK), "confidence": 0.5, "independent_sources": 1}
    claim["citations"][0]["place"] = {"page": 3, "section": ["Όρια"], "row": 2}
    source = {**examples.source(GREEK, "αντλία"), "location": "/1/αντλία.1", "published": None}
    source["retrieved_at"] = "2026-01-02 03:04:05"
    return {
        **examples.report(),
        "run_id": "20260102-030405",
        "audit_head": "1" * 64,
        "question": "Σταματά;",
        "status": str(status),
        "reason": "δύο",
        "answer": f"{GREEK} [1]",
        "claims": [claim],
        "sources": [source],
        "unknowns": [{"kind": kind, "detail": "ένα"} for kind in KINDS],
        "cost": {"usd": "0.00", "estimate_usd": "0.10", "calls": 2, "by_tool": {}, "by_model": {}},
        "timings": {
            **examples.report()["timings"],
            "finished": "2026-01-02 03:04:06",
            "phases": {"INITIALIZING": 0.1},
        },
        **more,
    }


def silent() -> dict[str, Any]:
    """Return the same report without an answer, and with a nearest passage."""
    near = greek()["claims"][0]["citations"][0]
    return greek(Status.UNANSWERED, claims=[], answer="Δεν λένε.", nearest=near)


TEXTS = {greek()["sources"][0]["id"]: Untrusted(GREEK)}


def latin(text: str) -> set[str]:
    """Return the words in Latin letters that are no names of ours, hashes left out."""
    bare = re.sub(r"\b[0-9a-f]{64}\b", "", text)
    return {word for word in LETTERS.findall(bare) if word not in STATED}


@pytest.mark.usefixtures("pseudo")
@pytest.mark.parametrize("report", [greek(), silent(), *(greek(status) for status in Status)], ids=repr)
def test_each_text_of_a_report_comes_from_the_catalogue(report: dict[str, Any]) -> None:
    """At a terminal, as Markdown and as HTML nothing is left in English."""
    if report["status"] in {Status.RUNNING, Status.WAITING}:
        return
    assert latin(answer_text(report)) == set()
    assert latin(report_markdown(report)) == set()
    root = html.document_fromstring(report_html(report, TEXTS))
    for style in root.xpath("//style"):
        style.getparent().remove(style)
    assert latin(root.text_content()) == set()
    assert latin(" ".join(root.xpath("//@aria-label"))) == set()


@pytest.mark.usefixtures("pseudo")
@pytest.mark.parametrize("report", [greek(), silent()], ids=["answered", "silent"])
def test_each_text_of_a_pdf_comes_from_the_catalogue(report: dict[str, Any], tmp_path: Path) -> None:
    """On paper too."""
    (tmp_path / "r.pdf").write_bytes(report_pdf({**report, "timings": TIMINGS}, TEXTS))
    shown = "\n".join(page.extract_text() for page in PdfReader(tmp_path / "r.pdf").pages)
    assert latin(re.sub(r"\d of \d", "", shown.replace("\n", ""))) - {"T"} == set()


@pytest.mark.usefixtures("pseudo")
def test_each_text_of_the_chat_comes_from_the_catalogue() -> None:
    """The report in the chat, the panel of a source, the steps of a run and its end."""
    view, panel = report_view(greek()), source_view(greek(), 1, TEXTS[greek()["sources"][0]["id"]])
    call = CallView(task="1", tool="1", purpose="ένα", line="1", outcome=Outcome.DONE, found=2, attempts=2)
    model = RunViewModel(budget=1, deadline=1, phase=Phase.INITIALIZING, indexed=(1, 2), calls={"1": call})
    said = [call_title(call), call_story(call), line_story([call]), doing(model)]
    assert latin("\n".join([*said, *strings(view, CODED), *strings(panel, CODED)])) == set()


CODED = {"run", "look", "kind", "standing", "source", "link", "retrieved", "language"}
"""What the page never shows as it is."""


def strings(value: object, hidden: set[str]) -> Iterator[str]:
    """Yield the texts of JSON but those of hidden names."""
    if isinstance(value, str):
        yield HELD.sub("", value)
    elif isinstance(value, dict):
        for name, each in value.items():
            shown = isinstance(each, dict | list) or name not in hidden or name == "source"
            yield from strings(each, hidden) if shown else ()
    elif isinstance(value, list | tuple):
        for each in value:
            yield from strings(each, hidden)


@pytest.mark.usefixtures("pseudo")
def test_each_line_of_progress_comes_from_the_catalogue() -> None:
    """What a terminal shows while a run works."""
    words = EventWords()
    events: list[Event] = [
        PhaseStarted(phase=Phase.VALIDATING),
        Indexing(done=1, total=2, part="ένα"),
        Planned(questions=("ένα", "δύο"), estimate=1),
        Noted(text="ένα"),
        CallStarted(task="1", tool="1", purpose="ένα"),
        CallRetried(task="1", tool="1", attempt=2, seconds=1.0, reason="ένα"),
    ]
    assert latin("\n".join(line for event in events for line in words.lines(event))) == set()


def test_the_template_for_translators_has_every_text() -> None:
    """`make catalogue` was run after the last change of a text."""
    found = {
        text[0] if isinstance(text, tuple) else text
        for _file, _line, text, _comments, _context in extract_from_dir(
            ROOT / "ui", keywords={"_": None, "N_": None, "ngettext": (1, 2)}
        )
    }
    with (FOLDER / "attest.pot").open("rb") as file:
        template = read_po(file)
    listed = {each.id[0] if isinstance(each.id, tuple) else each.id for each in template if each.id}
    assert {json.dumps(each) for each in found} == {json.dumps(each) for each in listed}


@pytest.fixture
def german(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Install a second language of three texts."""
    made = Catalog(locale="de")
    made.add("Answered", "Beantwortet")
    made.add(("{number} call", "{number} calls"), ("{number} Aufruf", "{number} Aufrufe"))
    where = tmp_path / "locales" / "de" / "LC_MESSAGES"
    where.mkdir(parents=True)
    with (where / "attest.mo").open("wb") as file:
        write_mo(file, made)
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path / "locales")
    catalogue._catalogue.cache_clear()


@pytest.mark.usefixtures("german")
def test_a_second_language_is_one_file() -> None:
    """A catalogue beside the others is used where it is asked for, and English where it says nothing."""
    assert languages() == ["en", "de"]
    with speaking("de"):
        assert _("Answered") == "Beantwortet"
        assert ngettext("{number} call", "{number} calls", 2) == "{number} Aufrufe"
        assert _("Refused") == "Refused"
        assert spoken() == "de"
    assert _("Answered") == "Answered"
    assert _("") == ""


@pytest.mark.usefixtures("german")
def test_a_page_in_another_language_verifies(tmp_path: Path) -> None:
    """Who verifies need not read the language of who published."""
    report = examples.report()
    with speaking("de"):
        publish(report, examples.proof(report), tmp_path)
        page = report_html(report, examples.proof(report).texts)
    (tmp_path / HTML).write_text(page, encoding="utf-8")
    assert "Beantwortet" in page
    assert verify_folder(tmp_path).findings == ()
