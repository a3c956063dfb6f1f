"""Nobody guesses a password, and rules about people count while the server runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import Misconfigured, Refused
from graph.options import Role
from guards.access import Action
from tests.web.quick import HASHER, PASSWORD
from tools.path.rulebook import LOOK_SECONDS
from ui.people.access import Access, role_of_run
from ui.people.accounts import Account, Accounts
from ui.people.login import Login
from ui.people.rates import Rates, network_of


class Clock:
    now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    made = Accounts(tmp_path, hasher=HASHER)
    made.add("ann", PASSWORD)
    return made


async def test_guessing_ends_after_a_few_attempts(accounts: Accounts, clock: Clock) -> None:
    """The sixth attempt in a minute is refused, right or wrong, and says how long to wait."""
    login = Login(accounts, Rates("5/minute", clock=clock))
    for place in range(5):
        assert await login.admit("ann", f"wrong {place}", f"192.0.2.{place}") is None
    with pytest.raises(Refused, match="wait 60 seconds"):
        await login.admit("ANN", PASSWORD, "192.0.2.9")
    clock.now += 61
    assert await login.admit("ann", PASSWORD, "192.0.2.9") == Account(name="ann", role=Role.ANALYST)


async def test_one_address_does_not_try_many_names(accounts: Accounts, clock: Clock) -> None:
    """Attempts count for the address too, whatever host of its /64 an IPv6 caller uses."""
    login = Login(accounts, Rates("5/minute", clock=clock))
    for host in range(5):
        assert await login.admit(f"user{host}", "wrong", f"2001:db8::{host}") is None
    with pytest.raises(Refused, match="too many attempts"):
        await login.admit("ann", PASSWORD, "2001:db8::ffff")
    assert await login.admit("ann", PASSWORD, "2001:db8:0:1::1")


async def test_who_stays_away_is_forgotten(clock: Clock) -> None:
    """A stream of new addresses does not fill the memory."""
    rates = Rates("5/minute", clock=clock)
    for visit in range(5_000):
        clock.now += 1
        await rates.visit(f"address {visit}")
    assert len(rates._moments._moments) <= 1_100


def test_a_rate_nobody_can_read_is_refused_at_the_start(clock: Clock) -> None:
    """A slip in a setting ends the start, not the first login."""
    with pytest.raises(Misconfigured, match="no rate"):
        Rates("often", clock=clock)


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
    ann = Account(name="ann", role=Role.ANALYST)
    assert not access.may(ann, Action.READ_RUN, "bob")
    (tmp_path / "people").mkdir()
    (tmp_path / "people" / "team.cedar").write_text(
        'permit (principal, action == Action::"read_run", resource);'
    )
    clock.now += LOOK_SECONDS
    assert access.may(ann, Action.READ_RUN, "bob")
    with pytest.raises(Refused, match="may not stop this run"):
        access.require(ann, Action.STOP_RUN, "bob")


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("most", Role)
def test_a_run_is_no_more_than_its_person_and_its_installation(role: Role, most: Role) -> None:
    """The role of a run is the lower of the two."""
    order = tuple(Role)
    lower = order[min(order.index(role), order.index(most))]
    assert role_of_run(Account(name="ann", role=role), most) == lower
