"""An operator says who may come in."""

from __future__ import annotations

import asyncio
import json
import sys
from io import StringIO
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from graph.config.settings import Settings
from graph.options import Role
from tests.fakes.people import PASSWORD, known
from tests.ui.command_line import Attest
from ui.cli import app
from ui.terminal.terminal_user import asker_named

OTHER = "another odd password of ours"


def opens(place: Path, token: str) -> bool:
    with known(place / "attest") as there:
        return asyncio.run(there.accounts.bearer(token)) is not None


def typed(text: str, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["users", *arguments], input=text, prog_name="attest")


def test_an_account_lives_from_add_to_remove(attest: Attest, place: Path) -> None:
    """Added, listed, promoted, given another password, removed: each is what the accounts then say."""
    assert typed(f"{PASSWORD}\n", "add", "ann", "--role", "viewer", "--password-stdin").exit_code == 0
    assert attest("users", "list").stdout.split()[-5:-2] == ["ann", "viewer", "password"]
    assert attest("users", "role", "ann", "admin").exit_code == 0
    assert typed(f"{OTHER}\n", "passwd", "ann", "--password-stdin").exit_code == 0
    with known(place / "attest") as there:
        account = asyncio.run(there.accounts.verify("ann", OTHER))
    assert account
    assert account.role is Role.ADMIN
    removed = attest("users", "remove", "ann")
    assert removed.exit_code == 0
    assert "nothing was theirs" in removed.stdout
    assert "no accounts yet" in attest("users", "list").stderr


def test_a_token_is_printed_once(attest: Attest, place: Path) -> None:
    """Stdout is the token and nothing else; the list names it by its id, and revoking ends it."""
    with known(place / "attest") as there:
        there.accounts.add("ann", PASSWORD)
    given = attest("users", "token", "ann", "--label", "nightly \x1b[31m", "--expires", "90d")
    token = given.stdout.strip()
    assert opens(place, token)
    listed = attest("users", "list", "--json").stdout
    (stored,) = json.loads(listed)[0]["tokens"]
    assert "\x1b" not in listed + given.stderr
    assert stored["id"] in given.stderr
    assert stored["expires"] - stored["created"] == 90 * 86_400
    assert "until 20" in attest("users", "list").stdout
    assert token not in listed + given.stderr
    assert attest("users", "revoke", "ann", stored["id"]).exit_code == 0
    assert not opens(place, token)


@pytest.mark.parametrize(
    ("text", "arguments", "problem"),
    [
        ("short\n", ("add", "ann", "--password-stdin"), "5 characters"),
        (f"{PASSWORD}\n", ("add", "an n", "--password-stdin"), "no name"),
        ("", ("add", "ann"), "--password-stdin"),
        (f"{PASSWORD}\n", ("passwd", "eve", "--password-stdin"), "no account"),
        ("", ("role", "eve", "admin"), "no account"),
        ("", ("remove", "eve"), "no account"),
        ("", ("token", "eve"), "no account"),
        ("", ("revoke", "eve", "x"), "no account"),
        ("", ("logout", "eve"), "no account"),
        ("", ("unlink", "eve"), "no account"),
        ("", ("remove", "eve", "--with-data"), "no account"),
        ("", ("token", "eve", "--expires", "soon"), "12h, 90d or 8w"),
        ("", ("token", "eve", "--expires", "0d"), "12h, 90d or 8w"),
        ("\n", ("add", "ann", "--password-stdin"), "0 characters"),
        ("password1234\n", ("add", "ann", "--password-stdin"), "easy to guess"),
        (f"{PASSWORD}\n", ("add", "\u212aate", "--password-stdin"), "no name"),
    ],
)
def test_a_mistake_is_one_line_and_changes_nothing(
    place: Path, text: str, arguments: tuple[str, ...], problem: str
) -> None:
    """What cannot be done ends with exit code 2 and says why."""
    result = typed(text, *arguments)
    assert result.exit_code == 2
    assert problem in result.stderr
    assert result.stderr.count("\n") == 1
    with known(place / "attest") as there:
        assert there.accounts.listed() == ()


@pytest.mark.parametrize(("again", "code"), [(PASSWORD, 0), ("something else", 2)])
def test_at_a_terminal_the_password_is_asked_for_twice(
    place: Path, monkeypatch: pytest.MonkeyPatch, again: str, code: int
) -> None:
    """Only two equal answers make an account."""
    answers = iter([PASSWORD, again])
    monkeypatch.setattr("getpass.getpass", lambda _: next(answers))
    monkeypatch.setattr("ui.terminal.ask_password.is_terminal", lambda _: True)
    assert typed("", "add", "ann").exit_code == code
    with known(place / "attest") as there:
        assert bool(there.accounts.listed()) == (code == 0)


def test_a_password_from_stdin_is_its_first_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """The line end is no part of it, and blanks are."""
    from ui.terminal.ask_password import new_password  # noqa: PLC0415  # beside what it replaces

    monkeypatch.setattr(sys, "stdin", StringIO(" with blanks \r\nnext"))
    assert new_password(from_stdin=True) == " with blanks "


def test_a_name_at_the_command_line_is_the_account_that_has_it(place: Path) -> None:
    """`--user` of an account asks as it, by its id; any other name is a word of the command line alone."""
    settings = Settings.from_environment({"ATTEST_HOME": str(place / "attest")})
    assert asker_named(settings, "ann") == "ann"
    with known(place / "attest") as there:
        ann = there.accounts.add("ann", PASSWORD)
    for name, asker in (
        ("ann", ann.id),
        ("ANN", ann.id),
        ("eve", "eve"),
        ("local", "local"),
        ("\u212a", "\u212a"),
    ):
        assert asker_named(settings, name) == asker
    with known(place / "attest") as there:
        there.accounts.remove("ann")
    assert asker_named(settings, "ann") == "ann"
