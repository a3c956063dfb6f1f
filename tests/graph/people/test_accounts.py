"""Only who has an account comes in, as what the account says."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import Literal

import pytest
from argon2 import PasswordHasher
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.config.database_address import Location
from graph.errors import Misconfigured
from graph.options import Role
from graph.people.account_name import checked_name
from graph.people.accounts import Accounts
from graph.people.passwords import Passwords, checked_password
from graph.people.session_secret import session_secret
from graph.stores.db.database import Database
from tests.fakes.people import HASHER, PASSWORD, Known, known
from tests.fakes.stored import engine, place  # noqa: F401  # fixtures
from tests.graph.people.conftest import Clock

OTHER = "another odd password of ours"


@pytest.fixture
def there(place: Location, clock: Clock) -> Iterator[Known]:  # noqa: F811  # the fixture
    with known(place, clock=clock) as made:
        yield made


@pytest.fixture
def accounts(there: Known) -> Accounts:
    return there.accounts


async def test_a_password_opens_its_own_account_only(accounts: Accounts) -> None:
    """The right password gives name and role; another one, or another name, gives nobody."""
    made = accounts.add("Ann", PASSWORD, Role.VIEWER)
    accounts.add("bob", f"{PASSWORD}!", Role.ADMIN)
    found = await accounts.verify("ANN", PASSWORD)
    assert found == made
    assert (made.name, made.role) == ("ann", Role.VIEWER)
    for name, password in (("ann", f"{PASSWORD}!"), ("bob", PASSWORD), ("eve", PASSWORD), ("ann", "")):
        assert await accounts.verify(name, password) is None


def test_the_database_holds_no_secret(tmp_path: Path) -> None:
    """Neither a password nor a token stands in its files."""
    with known(tmp_path) as there:
        there.accounts.add("ann", PASSWORD)
        token = there.accounts.give_token("ann")
    content = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    assert b"ann" in content
    assert PASSWORD.encode() not in content
    assert token.text.removeprefix("attest_").encode() not in content
    assert token.text not in repr(token)


@given(st.text() | st.from_regex(r"[A-Za-z0-9._@+\u212a\u017f-]{1,70}", fullmatch=True))
def test_a_name_is_plain_or_refused(name: str) -> None:
    """A name is ASCII before it is folded: letters, digits and . _ - + @; all else is refused in one line."""
    signs = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-+@"
    if 0 < len(name) <= 64 and set(name) <= set(signs) and name.lower() != "local":
        assert checked_name(name) == name.lower()
    else:
        with pytest.raises(Misconfigured, match=r"\A.*\Z"):
            checked_name(name)


@pytest.mark.parametrize(
    "name", ["", "a b", "ann/../bob", "a" * 65, "änn", "ann\n", "local", "LOCAL", "\u212aate"]
)
def test_a_name_that_will_not_do_makes_no_account(accounts: Accounts, name: str) -> None:
    """Nobody is called like the command line, or like a path, or by signs that fold into another's name."""
    with pytest.raises(Misconfigured):
        accounts.add(name, PASSWORD)
    assert accounts.listed() == ()


async def test_a_sign_that_folds_into_a_letter_is_another_name(accounts: Accounts) -> None:
    """The sign for kelvin is no k: with it, nobody finds kate, logs in as her, or changes her account."""
    accounts.add("kate", PASSWORD, Role.ADMIN)
    strange = "\u212aate"
    assert strange.lower() == "kate"
    assert accounts.find(strange) is None
    assert await accounts.verify(strange, PASSWORD) is None
    for change in (accounts.remove, accounts.log_out, accounts.give_token, accounts.unlink):
        with pytest.raises(Misconfigured, match="no account"):
            change(strange)
    assert accounts.find("KATE")


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("", "0 characters"),
        ("nine char", "9 characters"),
        ("x" * 1_025, "1025 characters"),
        ("password1234", "easy to guess"),
        ("qwertyuiop[]", "easy to guess"),
        ("aaaaaaaaaaaaaaaaaaaa", "easy to guess"),
        ("2026-11-30", "easy to guess"),
        ("kate.miller", "easy to guess"),
        ("attestattest", "easy to guess"),
        ("Miller.Kate-EXAMPLE", "made of the name"),
        ("kate_miller_example_99", "made of the name"),
        (f"{'x' * 72}odd tail of horses", "easy to guess"),
    ],
)
def test_a_password_that_can_be_guessed_is_refused(accounts: Accounts, password: str, said: str) -> None:
    """Short ones, well-known ones, patterns, and the parts of one's own name are refused, in one line."""
    with pytest.raises(Misconfigured, match=said) as refused:
        accounts.add("kate.miller@example.org", password)
    assert "\n" not in str(refused.value)
    assert password not in str(refused.value) or not password


@settings(max_examples=30)
@given(st.text(alphabet="ab1 é\u212a\ud800", min_size=10, max_size=200))
def test_every_password_is_judged(password: str) -> None:
    """Whatever is typed, broken signs and endless repeats too, it is taken or refused."""
    try:
        assert checked_password(password, "ann") == password
    except Misconfigured as refused:
        assert "guess" in str(refused)  # noqa: PT017  # either is an answer


@given(st.text(max_size=40))
def test_no_text_logs_in_but_the_password(password: str) -> None:
    """Whatever is typed, broken signs too, the comparison answers and only the password is right."""
    passwords = Passwords(lambda: "nobody's", HASHER)
    kept = passwords.hash(PASSWORD)
    assert passwords.is_right(kept, password) == (password == PASSWORD)
    assert not passwords.is_right(None, password)


async def test_a_name_nobody_has_costs_as_much_as_one_somebody_has(there: Known) -> None:
    """Unknown names, and accounts without a password, are compared with a hash too: time tells nothing."""

    class Counting(PasswordHasher):
        verified = 0

        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002  # its name
            Counting.verified += 1
            return super().verify(hash, password)

    hasher = Counting(time_cost=1, memory_cost=8, parallelism=1)
    accounts = Accounts(there.database, hasher=hasher)
    accounts.add("ann", PASSWORD)
    for name in ("ann", "nobody", "\u212a"):
        await accounts.verify(name, "wrong password")
    assert Counting.verified == 3


async def test_a_hash_of_yesterday_is_made_anew(there: Known) -> None:
    """When the parameters grow, the next login keeps the password by them, and sessions go on."""
    there.accounts.add("ann", PASSWORD)
    stronger = Accounts(there.database, hasher=PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    (before,) = stronger.listed()
    assert await stronger.verify("ann", PASSWORD)
    (after,) = stronger.listed()
    assert "m=8,t=1" in str(before.account.password)
    assert "m=16,t=2" in str(after.account.password)
    assert before.account.version == after.account.version
    assert await stronger.verify("ann", PASSWORD)


async def test_a_running_server_sees_what_a_command_changes(place: Location) -> None:  # noqa: F811  # the fixture
    """Another process adds, changes and removes; the next question knows."""
    with known(place) as server, known(place) as command:
        assert server.accounts.find("ann") is None
        made = command.accounts.add("ann", PASSWORD, Role.VIEWER)
        assert server.accounts.find("ann") == made
        command.accounts.set_role("ann", Role.ADMIN)
        assert server.accounts.known("ann").role is Role.ADMIN
        command.accounts.set_password("ann", OTHER)
        assert await server.accounts.verify("ann", PASSWORD) is None
        command.accounts.remove("ann")
        assert await server.accounts.verify("ann", OTHER) is None


def test_writers_do_not_undo_one_another(place: Location) -> None:  # noqa: F811  # the fixture
    """Many writers at once leave many accounts, and one name is given once."""

    def add(number: int) -> bool:
        with known(place) as there:
            there.accounts.add(f"user{number}", PASSWORD)
            try:
                there.accounts.add("same", PASSWORD)
            except Misconfigured:
                return False
            return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(add, range(8))) == 1
    with known(place) as there:
        assert len(there.accounts.listed()) == 8 + 1


async def test_the_first_start_makes_one_admin(accounts: Accounts) -> None:
    """Without accounts there is an admin with a random password; with any, nothing is made."""
    password = accounts.ensure_first()
    assert password
    assert len(password) >= 32
    found = await accounts.verify("admin", password)
    assert found
    assert found.role is Role.ADMIN
    assert accounts.ensure_first() is None


async def test_a_token_opens_its_account_until_it_is_revoked(there: Known) -> None:
    """Each token stands for its account alone, and for nobody once it or the account is gone."""
    secrets = (f"{number:043}" for number in count())
    accounts = Accounts(there.database, secret=lambda: next(secrets), hasher=HASHER)
    for name in ("ann", "bob"):
        accounts.add(name, PASSWORD)
    first, second, third = (accounts.give_token(name) for name in ("ann", "ann", "bob"))
    found = [await accounts.bearer(token.text) for token in (first, second, third)]
    assert [account.name for account in found if account] == ["ann", "ann", "bob"]
    accounts.revoke_token("ann", first.id)
    accounts.remove("bob")
    gone = [await accounts.bearer(token.text) is None for token in (first, second, third)]
    assert gone == [True, False, True]
    with pytest.raises(Misconfigured, match="has no token"):
        accounts.revoke_token("ann", first.id)
    with pytest.raises(Misconfigured, match="no account"):
        accounts.revoke_token("bob", third.id)


async def test_a_token_with_an_expiry_ends_then(accounts: Accounts, clock: Clock) -> None:
    """It opens until its last second; one that expired makes room for others, one without goes on."""
    accounts.add("ann", PASSWORD)
    lasting, short = accounts.give_token("ann"), accounts.give_token("ann", lasts=90.0)
    clock.now += 89
    assert await accounts.bearer(short.text)
    clock.now += 1
    assert await accounts.bearer(short.text) is None
    assert await accounts.bearer(lasting.text)
    accounts.give_token("ann")
    (listed,) = accounts.listed()
    assert short.id not in [token.id for token in listed.tokens]


async def test_changes_leave_tokens_as_they_are(accounts: Accounts) -> None:
    """Password, role and logout end sessions; a token ends by itself, by revoking or by removal."""
    accounts.add("ann", PASSWORD)
    token = accounts.give_token("ann")
    accounts.set_password("ann", OTHER)
    accounts.set_role("ann", Role.VIEWER)
    accounts.log_out("ann")
    found = await accounts.bearer(token.text)
    assert found
    assert found.role is Role.VIEWER


@pytest.fixture(scope="module")
def unopened() -> Iterator[Database]:
    database = Database(Path("nowhere", "attest.db"))
    yield database
    database.close_now()


@given(text=st.text(max_size=200))
async def test_no_text_is_a_token(unopened: Database, text: str) -> None:
    """What was never given away opens nothing, and the database is not even asked."""
    assert await Accounts(unopened).bearer(text) is None


def test_the_session_secret_is_made_once(tmp_path: Path) -> None:
    """Starts at the same time agree on one secret that only its owner may read."""
    with ThreadPoolExecutor(8) as pool:
        secrets = set(pool.map(lambda _: session_secret(tmp_path / "home"), range(16)))
    assert len(secrets) == 1
    assert stat.S_IMODE((tmp_path / "home" / "session.secret").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "home").iterdir()] == ["session.secret"]
