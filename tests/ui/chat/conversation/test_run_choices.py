"""From the settings panel to the options of a run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from graph.config.settings import Settings
from graph.errors import Refused
from graph.options import Approve, Mode, Role
from graph.people.accounts import Account
from guards.language_code import is_language
from ui.chat.conversation.run_choices import languages, options
from ui.chat.conversation.settings_panel import inputs

ANN = Account(id="u-ann", name="ann", role=Role.ADMIN)


def settings(tmp_path: Path, docs: str = "docs") -> Settings:
    made = Settings.from_environment({"ATTEST_HOME": str(tmp_path), "ATTEST_SOURCES": "documents,web"})
    return replace(made, docs=(str(tmp_path / docs),) if docs else ())


def test_the_panel_as_it_stands_is_what_the_operator_chose(tmp_path: Path) -> None:
    """A person who changes nothing gets the settings of the installation, and is asked before it acts."""
    chosen = {each.id: each.to_dict()["initial"] for each in inputs(settings(tmp_path))}
    made = options(chosen, "deep", ANN, settings(tmp_path), None)
    assert made == options({}, "deep", ANN, settings(tmp_path), None)
    assert (made.mode, made.budget, made.sources) == (Mode.DEEP, 1_000_000, ("documents", "web"))
    assert (made.user, made.approve) == (ANN.id, Approve.ASK)


def test_what_is_chosen_counts(tmp_path: Path) -> None:
    """Budget, sources, approval, release and deadline reach the run."""
    chosen = {"budget": 0.25, "sources": ["scholarly"], "approval": "auto", "release": "ask", "deadline": 30}
    made = options(chosen, None, ANN, settings(tmp_path), None)
    assert (made.budget, made.sources, made.docs) == (250_000, ("scholarly",), ())
    assert (options({}, None, ANN, settings(tmp_path), None).release, made.release) == (
        Approve.AUTO,
        Approve.ASK,
    )
    assert (made.approve, made.deadline, made.mode) == (Approve.AUTO, 30.0, Mode.STANDARD)


def test_a_run_is_no_more_than_its_account_and_the_installation(tmp_path: Path) -> None:
    """The lower of the two roles counts."""
    assert options({}, None, ANN, settings(tmp_path), None).role is Role.ANALYST
    viewer = Account(id="u-bob", name="bob", role=Role.VIEWER)
    assert options({}, None, viewer, settings(tmp_path), None).role is Role.VIEWER


def test_attached_files_are_searched_alone_or_together(tmp_path: Path) -> None:
    """They are sources of this conversation, and the documents join them when the person says so."""
    attached = tmp_path / "uploads"
    alone = options({"sources": ["web"]}, None, ANN, settings(tmp_path), attached)
    assert (alone.docs, alone.sources) == ((str(attached),), ("web", "documents"))
    together = options({"together": True}, None, ANN, settings(tmp_path), attached)
    assert together.docs == (str(attached), str(tmp_path / "docs"))


@pytest.mark.parametrize(
    ("operator", "chosen", "language"),
    [
        ("", None, ""),
        ("", "any", ""),
        ("", "de", "de"),
        ("gsw", None, "gsw"),
        ("gsw", "any", ""),
        ("de", "fr", "fr"),
    ],
)
def test_the_language_of_sources_is_chosen(
    tmp_path: Path, operator: str, chosen: str | None, language: str
) -> None:
    """The operator's stands in the panel, listed or not, until a person chooses another, or any."""
    made = replace(settings(tmp_path), language=operator)
    (select,) = (each.to_dict() for each in inputs(made) if each.id == "language")
    offered = {item["value"]: item["label"] for item in select["items"]}
    assert select["initial"] == (operator or "any")
    assert select["initial"] in offered
    assert all(offered), "the page takes no empty choice"
    assert (offered["de"], offered["any"]) == ("German", "Any language")
    panel = {"language": select["initial"]} if chosen is None else {"language": chosen}
    assert options(panel, None, ANN, made, None).language == language


def test_languages_are_offered_by_name(tmp_path: Path) -> None:
    """Each has the form of a code, and stands once."""
    codes = [code for code in languages(settings(tmp_path)).values() if code != "any"]
    assert all(map(is_language, codes))
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"sources": []}, "no source"),
        ({"budget": -1}, "the budget"),
        ({"budget": "much"}, "the budget"),
        ({"deadline": -5}, "the deadline"),
        ({"deadline": "soon"}, "the deadline"),
        ({"language": "de-DE"}, "the language"),
        ({"language": ["de"]}, "the language"),
        ({"deadline": [1]}, "the deadline"),
        ({"budget": {}}, "the budget"),
    ],
)
def test_a_choice_that_cannot_be_met_is_refused_in_one_line(
    tmp_path: Path, chosen: dict[str, Any], said: str
) -> None:
    """The line names the choice."""
    with pytest.raises(Refused, match=said):
        options(chosen, None, ANN, settings(tmp_path), None)


def test_without_documents_the_chat_says_what_to_do(tmp_path: Path) -> None:
    """Attach files, choose other sources, or ask the operator."""
    with pytest.raises(Refused, match=r"attach files.*ATTEST_DOCS"):
        options({}, None, ANN, settings(tmp_path, ""), None)
