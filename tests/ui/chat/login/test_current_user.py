"""A login is valid as long as its session and account: both are looked up each time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import chainlit as cl
import pytest
from chainlit.config import config

from graph.config.server_settings import ServerSettings
from graph.config.settings import Settings
from graph.options import Role
from graph.people.accounts import Account
from graph.people.policy_access import Access
from graph.people.sessions import LASTS, Sessions
from tests.fakes.chainlit_home import token_of
from tests.fakes.people import PASSWORD, Known, known
from ui.chat.login.current_user import CurrentUser

LET_IN = ServerSettings(oauth_domains=("example.org",))
NAME = "ann@example.org"


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Known]:
    with known(tmp_path, LET_IN) as made:
        yield made


@pytest.fixture
def ann(there: Known) -> Account:
    return there.accounts.add(NAME, PASSWORD, Role.VIEWER)


async def comes_in(sessions: Sessions, token: str | None) -> bool:
    """Tell whether a login stands for anybody."""
    user = CurrentUser(sessions=sessions, access=Access(None), settings=Settings.from_environment({}))
    return await user.behind(token) is not None


@pytest.mark.parametrize("issuer", ["house", ""])
async def test_a_login_that_is_over_reaches_nobody(there: Known, ann: Account, issuer: str) -> None:
    """It stands for its account, and for nobody once logging in that way is over."""
    token = token_of(await there.user(ann, issuer))
    assert await comes_in(there.sessions, token)
    without_password = Sessions(there.database, ServerSettings(password_login=False))
    assert not await comes_in(without_password, token)


@pytest.mark.parametrize(
    "ending",
    [
        lambda accounts: accounts.set_password(NAME, f"another {PASSWORD}"),
        lambda accounts: accounts.set_role(NAME, Role.ADMIN),
        lambda accounts: accounts.log_out(NAME),
        lambda accounts: accounts.unlink(NAME),
        lambda accounts: accounts.remove(NAME),
    ],
    ids=["password", "role", "logout", "unlink", "removal"],
)
async def test_a_change_of_the_account_ends_every_session(there: Known, ann: Account, ending: Any) -> None:  # noqa: ANN401  # a change
    """Sessions in every browser, by password and by provider, are over; those of others go on."""
    bob = there.accounts.add("bob", f"{PASSWORD} of bob")
    tokens = [token_of(await there.user(each, by)) for each, by in ((ann, ""), (ann, "house"), (bob, ""))]
    ending(there.accounts)
    assert [await comes_in(there.sessions, token) for token in tokens] == [False, False, True]


async def test_a_login_checked_before_a_change_begins_no_session(there: Known, ann: Account) -> None:
    """A password that was right a moment ago, and was changed meanwhile, opens nothing."""
    there.accounts.set_password(NAME, f"another {PASSWORD}")
    assert not await comes_in(there.sessions, token_of(await there.user(ann)))


async def test_a_session_ends_alone_and_by_itself(tmp_path: Path) -> None:
    """Ending one leaves the others of the account; each ends when the browser's cookie does."""
    now = [1_000.0]
    with known(tmp_path, clock=lambda: now[0]) as there:
        ann = there.accounts.add(NAME, PASSWORD)
        first, second = [await there.sessions.begin(ann) for _ in range(2)]
        await there.sessions.end(first)
        assert await there.sessions.account(first) is None
        assert await there.sessions.account(second) == ann
        now[0] += LASTS
        assert await there.sessions.account(second) is None
    assert config.project.user_session_timeout == LASTS


async def test_a_token_of_one_account_with_the_session_of_another_is_none(there: Known, ann: Account) -> None:
    """What Chainlit signed must fit what is stored; without a session it is of an earlier release."""
    bob = there.accounts.add("bob", f"{PASSWORD} of bob")
    session = (await there.user(ann)).metadata
    for user in (cl.User(identifier=bob.id, metadata=session), cl.User(identifier=ann.id)):
        assert not await comes_in(there.sessions, token_of(user))
