"""Nobody guesses a password, and rules about people count while the server runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import Misconfigured, Refused
from graph.options import Role
from graph.people.accounts import Account
from graph.people.login_rates import RequestRates, network_of
from graph.people.password_login import LoginOrigin, PasswordLogin, TooManyLogins
from graph.people.policy_access import Access, role_of_run
from graph.stores.accounts.account_devices import KNOWN_DAYS, MOST_DEVICES
from guards.policy.access import Action
from tests.fakes.people import PASSWORD, Known, known
from tests.graph.people.conftest import Clock
from tools.call_pipeline.policy_files import LOOK_SECONDS


@pytest.fixture
def there(tmp_path: Path, clock: Clock) -> Iterator[Known]:
    with known(tmp_path, clock=clock) as made:
        made.accounts.add("ann", PASSWORD)
        yield made


@pytest.fixture
def login(there: Known, clock: Clock) -> PasswordLogin:
    return PasswordLogin(there.accounts, there.database, RequestRates("5/minute", clock=clock), clock=clock)


def at(address: str, device: str = "") -> LoginOrigin:
    return LoginOrigin(address=address, device=device)


async def come(login: PasswordLogin, origin: LoginOrigin) -> str:
    """Log in as ann from there, and return what her browser was given."""
    account = await login.admit("ann", PASSWORD, origin)
    assert account
    return await login.remember(account, origin)


async def storm(login: PasswordLogin) -> None:
    """Try ten wrong passwords for ann, each from somewhere else."""
    for place in range(10):
        with suppress(TooManyLogins):
            assert await login.admit("ann", f"wrong {place}", at(f"198.51.100.{place}")) is None


async def test_guessing_ends_after_a_few_attempts(login: PasswordLogin, clock: Clock) -> None:
    """The sixth attempt in a minute is refused, right or wrong, and says how long to wait."""
    for place in range(5):
        assert await login.admit("ann", f"wrong {place}", at(f"192.0.2.{place}")) is None
    with pytest.raises(TooManyLogins, match="wait 60 seconds") as refused:
        await login.admit("ANN", PASSWORD, at("192.0.2.9"))
    assert refused.value.seconds == 60
    clock.now += 61
    found = await login.admit("ann", PASSWORD, at("192.0.2.9"))
    assert found
    assert found.name == "ann"


async def test_wrong_passwords_from_elsewhere_do_not_lock_the_right_person_out(login: PasswordLogin) -> None:
    """From the network of an earlier login, and from its browser anywhere, ann comes in; a stranger waits."""
    device = await come(login, at("192.0.2.1"))
    await storm(login)
    assert await login.admit("ann", PASSWORD, at("192.0.2.1"))
    assert await login.admit("ann", PASSWORD, at("203.0.113.77", device))
    with pytest.raises(TooManyLogins):
        await login.admit("ann", PASSWORD, at("203.0.113.78"))
    with pytest.raises(TooManyLogins):
        await login.admit("ann", PASSWORD, at("203.0.113.78", "a secret nobody was given"))


async def test_a_browser_that_is_known_may_not_guess_for_ever(login: PasswordLogin) -> None:
    """Whoever took its secret has as many attempts as anybody, and keeps out nobody else."""
    device = await come(login, at("192.0.2.1"))
    for _ in range(5):
        assert await login.admit("ann", "wrong", at("203.0.113.1", device)) is None
    with pytest.raises(TooManyLogins):
        await login.admit("ann", PASSWORD, at("203.0.113.2", device))
    assert await login.admit("ann", PASSWORD, at("192.0.2.1"))


async def test_a_known_browser_is_known_for_its_own_account_alone(there: Known, login: PasswordLogin) -> None:
    """Eve's browser helps her with her own account, and not to try at ann's."""
    there.accounts.add("eve", PASSWORD)
    eve = await login.admit("eve", PASSWORD, at("192.0.2.66"))
    assert eve
    device = await login.remember(eve, at("192.0.2.66"))
    for place in range(5):
        assert await login.admit("ann", "wrong", at(f"198.51.100.{place}", device)) is None
    with pytest.raises(TooManyLogins):
        await login.admit("ann", "wrong", at("192.0.2.66", device))


async def test_a_secret_that_was_planted_is_replaced(login: PasswordLogin) -> None:
    """A browser keeps a secret only if an earlier login of the same account gave it."""
    given = await come(login, at("192.0.2.1", "planted"))
    assert given != "planted"
    assert await come(login, at("192.0.2.2", given)) == given
    await storm(login)
    with pytest.raises(TooManyLogins):
        await login.admit("ann", PASSWORD, at("203.0.113.9", "planted"))


async def test_what_is_known_is_bounded_and_forgotten(login: PasswordLogin, clock: Clock) -> None:
    """The latest browsers and networks are kept, for half a year, and go with the account."""
    device = await come(login, at("192.0.2.1"))
    clock.now += KNOWN_DAYS * 86_400
    await storm(login)
    with pytest.raises(TooManyLogins):
        await login.admit("ann", PASSWORD, at("192.0.2.1", device))
    clock.now += 61
    for place in range(MOST_DEVICES):
        clock.now += 61
        await come(login, at(f"203.0.113.{place}"))
    rows = login._database.read_now(
        lambda connection: connection.execute("SELECT COUNT(*) FROM account_devices").fetchall()
    )
    assert rows == [(MOST_DEVICES,)]


async def test_one_address_does_not_try_many_names(login: PasswordLogin) -> None:
    """Attempts count for the address too, whatever host of its /64 an IPv6 caller uses."""
    for host in range(5):
        assert await login.admit(f"user{host}", "wrong", at(f"2001:db8::{host}")) is None
    with pytest.raises(Refused, match="too many attempts"):
        await login.admit("ann", PASSWORD, at("2001:db8::ffff"))
    assert await login.admit("ann", PASSWORD, at("2001:db8:0:1::1"))


async def test_who_stays_away_is_forgotten(clock: Clock) -> None:
    """A stream of new addresses does not fill the memory."""
    rates = RequestRates("5/minute", clock=clock)
    for visit in range(5_000):
        clock.now += 1
        await rates.count(f"address {visit}")
    assert len(rates._moments._moments) <= 1_100


def test_a_rate_nobody_can_read_is_refused_at_the_start(clock: Clock) -> None:
    """A slip in a setting ends the start, not the first login."""
    with pytest.raises(Misconfigured, match="no rate"):
        RequestRates("often", clock=clock)


@given(st.text())
def test_every_address_is_counted_as_something(address: str) -> None:
    """What a proxy wrote is never a failure, nor endless."""
    assert len(network_of(address)) <= 64


def test_an_ipv4_address_is_one_however_it_is_written() -> None:
    """A mapped address is the address."""
    assert network_of("::ffff:192.0.2.7") == network_of("192.0.2.7") == "192.0.2.7"


def test_a_rule_of_the_operator_counts_while_the_server_runs(tmp_path: Path, clock: Clock) -> None:
    """A file in ATTEST_POLICIES/people is read without a restart, and none for calls is mixed in."""
    (tmp_path / "calls.cedar").write_text("permit (principal, action, resource);")
    access = Access(tmp_path, clock=clock)
    ann = Account(id="u-1", name="ann", role=Role.ANALYST)
    assert not access.may(ann, Action.READ_RUN, "u-2")
    (tmp_path / "people").mkdir()
    (tmp_path / "people" / "team.cedar").write_text(
        'permit (principal, action == Action::"read_run", resource);'
    )
    clock.now += LOOK_SECONDS
    assert access.may(ann, Action.READ_RUN, "u-2")
    with pytest.raises(Refused, match="may not stop this run"):
        access.require(ann, Action.STOP_RUN, "u-2")


def test_a_rule_of_the_operator_may_name_who_it_is_about(tmp_path: Path, clock: Clock) -> None:
    """By the id, which is never given again, or by the name, whoever has it now."""
    (tmp_path / "people").mkdir()
    (tmp_path / "people" / "some.cedar").write_text(
        'permit (principal == Person::"u-1", action == Action::"operate", resource);\n'
        'permit (principal, action == Action::"operate", resource) when { principal.name == "bob" };'
    )
    access = Access(tmp_path, clock=clock)
    people = [Account(id=f"u-{n}", name=name, role=Role.ANALYST) for n, name in enumerate("xaby")]
    people += [Account(id="u-9", name="bob", role=Role.ANALYST)]
    assert [each.id for each in people if access.may(each, Action.OPERATE)] == ["u-1", "u-9"]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("most", Role)
def test_a_run_is_no_more_than_its_person_and_its_installation(role: Role, most: Role) -> None:
    """The role of a run is the lower of the two."""
    order = tuple(Role)
    lower = order[min(order.index(role), order.index(most))]
    assert role_of_run(Account(id="u-1", name="ann", role=role), most) == lower
