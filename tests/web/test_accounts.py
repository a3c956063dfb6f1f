"""Only who has an account comes in, as what the account says."""

from __future__ import annotations

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import Literal

import pytest
from argon2 import PasswordHasher
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import Misconfigured
from graph.options import Role
from tests.web.quick import HASHER, PASSWORD
from ui.people.accounts import Account, Accounts, checked_name
from ui.people.session_secret import session_secret


def opened(home: Path) -> Accounts:
    return Accounts(home, clock=lambda: 1_000.0, hasher=HASHER)


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    return opened(tmp_path)


def test_a_password_opens_its_own_account_only(accounts: Accounts) -> None:
    """The right password gives name and role; another one, or another name, gives nobody."""
    accounts.add("Ann", PASSWORD, Role.VIEWER)
    accounts.add("bob", f"{PASSWORD}!", Role.ADMIN)
    assert accounts.verify("ANN", PASSWORD) == Account(name="ann", role=Role.VIEWER)
    for name, password in (("ann", f"{PASSWORD}!"), ("bob", PASSWORD), ("eve", PASSWORD), ("ann", "")):
        assert accounts.verify(name, password) is None


def test_the_file_is_for_its_owner_and_holds_no_secret(accounts: Accounts, tmp_path: Path) -> None:
    """Nobody else may read it, and neither the password nor a token stands in it."""
    accounts.add("ann", PASSWORD)
    token = accounts.give_token("ann")
    file = tmp_path / "accounts.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert PASSWORD not in file.read_text()
    assert token.text.removeprefix("attest_") not in file.read_text()
    assert token.text not in repr(token)


@settings(deadline=None)
@given(st.text())
def test_a_name_is_plain_or_refused(name: str) -> None:
    """What is kept as a name has only letters, digits and . _ - @; everything else is refused in one line."""
    plain = 0 < len(name) <= 64 and set(name.lower()) <= set("abcdefghijklmnopqrstuvwxyz0123456789._-@")
    if plain and name.lower() != "local":
        assert checked_name(name) == name.lower()
    else:
        with pytest.raises(Misconfigured, match=r"\A.*\Z"):
            checked_name(name)


@pytest.mark.parametrize("name", ["", "a b", "ann/../bob", "a" * 65, "änn", "ann\n", "local", "LOCAL"])
def test_a_name_that_will_not_do_makes_no_account(accounts: Accounts, name: str) -> None:
    """Nobody is called like the command line, or like a path."""
    with pytest.raises(Misconfigured):
        accounts.add(name, PASSWORD)
    assert accounts.listed() == ()


@pytest.mark.parametrize("password", ["", "nine char", "x" * 1_025])
def test_a_password_has_a_length(accounts: Accounts, password: str) -> None:
    """Short ones are guessed, and endless ones cost time."""
    with pytest.raises(Misconfigured, match="password"):
        accounts.add("ann", password)


@settings(deadline=None)
@given(st.text(max_size=40))
def test_no_text_logs_in_but_the_password(password: str) -> None:
    """Whatever is typed, broken signs too, verify answers and only the password is right."""
    kept = HASHER.hash(PASSWORD)
    accounts = Accounts(Path("nowhere"), hasher=HASHER)
    assert accounts._is_right(kept, password) == (password == PASSWORD)


def test_a_name_nobody_has_costs_as_much_as_one_somebody_has(tmp_path: Path) -> None:
    """Unknown names are verified against a hash too, so that time does not tell them apart."""

    class Counting(PasswordHasher):
        verified = 0

        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002  # its name
            Counting.verified += 1
            return super().verify(hash, password)

    accounts = Accounts(tmp_path, hasher=Counting(time_cost=1, memory_cost=8, parallelism=1))
    accounts.add("ann", PASSWORD)
    for name in ("ann", "nobody"):
        accounts.verify(name, "wrong password")
    assert Counting.verified == 2


def test_a_hash_of_yesterday_is_made_anew(accounts: Accounts, tmp_path: Path) -> None:
    """When the parameters grow, the next login keeps the password by them."""
    accounts.add("ann", PASSWORD)
    stronger = Accounts(tmp_path, hasher=PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    before = stronger.listed()[0].password
    assert stronger.verify("ann", PASSWORD)
    after = stronger.listed()[0].password
    assert "m=8,t=1" in before
    assert "m=16,t=2" in after
    assert stronger.verify("ann", PASSWORD)


def test_a_running_server_sees_what_a_command_changes(tmp_path: Path) -> None:
    """Another process adds, changes and removes; the next question knows."""
    server, command = opened(tmp_path), opened(tmp_path)
    assert server.find("ann") is None
    command.add("ann", PASSWORD, Role.VIEWER)
    assert server.find("ann") == Account(name="ann", role=Role.VIEWER)
    command.set_role("ann", Role.ADMIN)
    assert server.find("ann") == Account(name="ann", role=Role.ADMIN)
    command.set_password("ann", "another password")
    assert server.verify("ann", PASSWORD) is None
    command.remove("ann")
    assert server.verify("ann", "another password") is None


def test_writers_do_not_undo_one_another(tmp_path: Path) -> None:
    """Twenty writers at once leave twenty accounts."""
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: opened(tmp_path).add(f"user{n}", PASSWORD), range(20)))
    assert len(opened(tmp_path).listed()) == 20


def test_the_first_start_makes_one_admin(accounts: Accounts) -> None:
    """Without accounts there is an admin with a random password; with any, nothing is made."""
    password = accounts.ensure_first()
    assert password
    assert len(password) >= 32
    assert accounts.verify("admin", password) == Account(name="admin", role=Role.ADMIN)
    assert accounts.ensure_first() is None


def test_a_token_opens_its_account_until_it_is_revoked(tmp_path: Path) -> None:
    """Each token stands for its account alone, and for nobody once it or the account is gone."""
    secrets = (f"{number:043}" for number in count())
    accounts = Accounts(tmp_path, secret=lambda: next(secrets), hasher=HASHER)
    for name in ("ann", "bob"):
        accounts.add(name, PASSWORD)
    first, second, third = (accounts.give_token(name) for name in ("ann", "ann", "bob"))
    found = [accounts.bearer(token.text) for token in (first, second, third)]
    assert [account.name for account in found if account] == ["ann", "ann", "bob"]
    accounts.revoke_token("ann", first.id)
    accounts.remove("bob")
    assert [accounts.bearer(token.text) is None for token in (first, second, third)] == [True, False, True]
    with pytest.raises(Misconfigured, match="has no token"):
        accounts.revoke_token("ann", first.id)


@given(st.text(max_size=200))
def test_no_text_is_a_token(text: str) -> None:
    """What was never given away opens nothing, and never fails."""
    assert Accounts(Path("nowhere")).bearer(text) is None


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"schema": "attest.accounts/2", "accounts": []}', '{"accounts": [{}]}']
)
def test_a_broken_file_is_told_and_kept(accounts: Accounts, tmp_path: Path, content: str) -> None:
    """A file that cannot be read lets nobody in and is not written over, not even by a first start."""
    file = tmp_path / "accounts.json"
    file.write_text(content)
    for act in (accounts.listed, accounts.ensure_first, lambda: accounts.add("ann", PASSWORD)):
        with pytest.raises(Misconfigured, match="no file of accounts"):
            act()
    assert file.read_text() == content


def test_the_session_secret_is_made_once(tmp_path: Path) -> None:
    """Starts at the same time agree on one secret that only its owner may read."""
    with ThreadPoolExecutor(8) as pool:
        secrets = set(pool.map(lambda _: session_secret(tmp_path / "home"), range(16)))
    assert len(secrets) == 1
    assert stat.S_IMODE((tmp_path / "home" / "session.secret").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "home").iterdir()] == ["session.secret"]


def test_the_file_says_what_it_is(accounts: Accounts, tmp_path: Path) -> None:
    """A later release can tell what it reads."""
    accounts.add("ann", PASSWORD)
    assert json.loads((tmp_path / "accounts.json").read_text())["schema"] == "attest.accounts/1"
