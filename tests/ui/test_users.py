"""An operator says who may come in."""

from __future__ import annotations

import json
import sys
from io import StringIO
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from graph.options import Role
from tests.ui.conftest import Attest
from tests.web.quick import PASSWORD
from ui.cli import app
from ui.people.accounts import Accounts


def typed(text: str, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["users", *arguments], input=text, prog_name="attest")


def test_an_account_lives_from_add_to_remove(attest: Attest, place: Path) -> None:
    """Added, listed, promoted, given another password, removed: each is what the accounts then say."""
    accounts = Accounts(place / "attest")
    assert typed(f"{PASSWORD}\n", "add", "ann", "--role", "viewer", "--password-stdin").exit_code == 0
    assert attest("users", "list").stdout.split()[-4:-2] == ["ann", "viewer"]
    assert attest("users", "role", "ann", "admin").exit_code == 0
    assert typed("another password\n", "passwd", "ann", "--password-stdin").exit_code == 0
    account = accounts.verify("ann", "another password")
    assert account
    assert account.role is Role.ADMIN
    assert attest("users", "remove", "ann").exit_code == 0
    assert "no accounts yet" in attest("users", "list").stderr


def test_a_token_is_printed_once(attest: Attest, place: Path) -> None:
    """Stdout is the token and nothing else; the list names it by its id, and revoking ends it."""
    accounts = Accounts(place / "attest")
    accounts.add("ann", PASSWORD)
    given = attest("users", "token", "ann", "--label", "nightly \x1b[31m")
    token = given.stdout.strip()
    assert accounts.bearer(token)
    listed = attest("users", "list", "--json").stdout
    (stored,) = json.loads(listed)[0]["tokens"]
    assert "\x1b" not in listed + given.stderr
    assert stored["id"] in given.stderr
    assert token not in listed + given.stderr
    assert attest("users", "revoke", "ann", stored["id"]).exit_code == 0
    assert accounts.bearer(token) is None


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
    assert not (place / "attest" / "accounts.json").exists()


@pytest.mark.parametrize(("again", "code"), [(PASSWORD, 0), ("something else", 2)])
def test_at_a_terminal_the_password_is_asked_for_twice(
    place: Path, monkeypatch: pytest.MonkeyPatch, again: str, code: int
) -> None:
    """Only two equal answers make an account."""
    answers = iter([PASSWORD, again])
    monkeypatch.setattr("getpass.getpass", lambda _: next(answers))
    monkeypatch.setattr("ui.people.ask_password.is_terminal", lambda _: True)
    assert typed("", "add", "ann").exit_code == code
    assert bool(Accounts(place / "attest").listed()) == (code == 0)


def test_a_password_from_stdin_is_its_first_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """The line end is no part of it, and blanks are."""
    from ui.people.ask_password import new_password  # noqa: PLC0415  # beside what it replaces

    monkeypatch.setattr(sys, "stdin", StringIO(" with blanks \r\nnext"))
    assert new_password(from_stdin=True) == " with blanks "
