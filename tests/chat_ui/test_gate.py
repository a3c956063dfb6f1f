"""What stands in front of Chainlit: a login that is over is none, and who is turned away learns why."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import chainlit as cl
import httpx
import pytest
from chainlit.auth import reuseable_oauth
from chainlit.config import config
from fastapi import Depends, FastAPI, Request
from fastapi.responses import RedirectResponse

from graph.doors import Doors
from graph.options import Role
from tests.fakes.chainlit_home import token_of
from tests.fakes.people import PASSWORD, Known, known
from ui.chat import who
from ui.chat.gate import Gate
from ui.chat.turned_away import Told, turn_away
from ui.people.access import Access
from ui.people.accounts import Account
from ui.people.oauth import TurnedAway
from ui.people.sessions import LASTS, Sessions

LET_IN = Doors(oauth_domains=("example.org",))
FAILED = "http://inside:8000/chat/login?error=oauthSignin"
NAME = "ann@example.org"


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Known]:
    with known(tmp_path, LET_IN) as made:
        who.know(made.sessions, Access(None))
        yield made


@pytest.fixture
def ann(there: Known) -> Account:
    return there.accounts.add(NAME, PASSWORD, Role.VIEWER)


def caller(app: Any) -> httpx.AsyncClient:  # noqa: ANN401  # any ASGI application
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://attest.test")


def told() -> FastAPI:
    """Return what answers with the login and the cookies that reach it."""
    app = FastAPI()

    @app.get("/{path:path}")
    def seen(request: Request, token: Annotated[str | None, Depends(reuseable_oauth)]) -> dict[str, Any]:
        return {
            "in": bool(token),
            "other": request.cookies.get("other"),
            "header": request.headers.get("authorization"),
        }

    app.add_middleware(Gate, holder=who.behind)
    return app


async def comes_in(token: str | None) -> list[bool]:
    """Tell whether a login reaches what answers, by cookie and by header."""
    ways = [{"cookie": f"other=1; access_token={token}"}, {"authorization": f"Bearer {token}"}]
    async with caller(told()) as client:
        replies = [(await client.get("/user", headers=way)).json() for way in ways]
    assert replies[0]["other"] == "1"
    return [reply["in"] for reply in replies]


@pytest.mark.parametrize("issuer", ["house", ""])
async def test_a_login_that_is_over_reaches_nobody(there: Known, ann: Account, issuer: str) -> None:
    """By cookie or by header it is taken out of the request, and what else was sent stays."""
    token = token_of(await there.user(ann, issuer))
    assert await comes_in(token) == [True, True]
    who.know(Sessions(there.database, Doors(password_login=False)), Access(None))
    assert await comes_in(token) == [False, False]


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
    assert [await comes_in(token) for token in tokens] == [[False] * 2, [False] * 2, [True] * 2]


async def test_a_login_checked_before_a_change_begins_no_session(there: Known, ann: Account) -> None:
    """A password that was right a moment ago, and was changed meanwhile, opens nothing."""
    there.accounts.set_password(NAME, f"another {PASSWORD}")
    assert await comes_in(token_of(await there.user(ann))) == [False, False]


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
        assert await comes_in(token_of(user)) == [False, False]


async def test_tokens_of_other_doors_pass() -> None:
    """The API, the probes and the metrics judge their own bearer tokens."""
    async with caller(told()) as client:
        for path, kept in (("/api/runs", True), ("/metrics", True), ("/user", False)):
            reply = (await client.get(path, headers={"authorization": "Bearer attest_x"})).json()
            assert (reply["header"] is not None) is kept, path


@pytest.mark.parametrize(
    ("why", "error"),
    [
        (None, "oauthSignin"),
        (TurnedAway.UNVERIFIED, "oauthCreateAccount"),
        (TurnedAway.FOREIGN, "oauthCallback"),
        (TurnedAway.UNNAMEABLE, "oauthCallback"),
        (TurnedAway.UNIDENTIFIED, "oauthCallback"),
        (TurnedAway.TAKEN, "oauthAccountNotLinked"),
    ],
)
async def test_the_page_is_told_why(why: TurnedAway | None, error: str) -> None:
    """The reason is in the address, which holds no host: behind a proxy Chainlit would name its own."""
    app = FastAPI()

    @app.get("/auth/oauth/house/callback")
    async def failed() -> RedirectResponse:
        if why:
            turn_away(why)
        return RedirectResponse(FAILED)

    app.add_middleware(Told)
    async with caller(app) as client:
        reply = await client.get("/auth/oauth/house/callback")
    assert reply.headers["location"] == f"/chat/login?error={error}"


async def test_the_way_to_a_provider_is_left_as_it_is() -> None:
    """Only the address of a failure is changed."""
    app = FastAPI()
    app.add_api_route(
        "/auth/oauth/house", lambda: RedirectResponse("https://house.example/authorize?state=1")
    )
    app.add_middleware(Told)
    async with caller(app) as client:
        reply = await client.get("/auth/oauth/house")
    assert reply.headers["location"] == "https://house.example/authorize?state=1"
