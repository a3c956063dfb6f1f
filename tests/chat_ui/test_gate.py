"""What stands in front of Chainlit: a login that is over is none, and who is turned away learns why."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import httpx
import pytest
from chainlit.auth import reuseable_oauth
from fastapi import Depends, FastAPI, Request
from fastapi.responses import RedirectResponse

from graph.doors import Doors
from graph.options import Role
from tests.fakes.chainlit_home import token_of
from tests.web.quick import HASHER, PASSWORD
from ui.chat import who
from ui.chat.gate import Gate
from ui.chat.turned_away import Told, turn_away
from ui.people.access import Access
from ui.people.accounts import Account, Accounts
from ui.people.oauth import TurnedAway

ANN = Account(name="ann@example.org", role=Role.VIEWER)
LET_IN = Doors(oauth_domains=("example.org",))
FAILED = "http://inside:8000/chat/login?error=oauthSignin"


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    made = Accounts(tmp_path, hasher=HASHER)
    made.add(ANN.name, PASSWORD)
    return made


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


@pytest.mark.parametrize("by_provider", [True, False])
async def test_a_login_that_is_over_reaches_nobody(accounts: Accounts, *, by_provider: bool) -> None:
    """By cookie or by header it is taken out of the request, and what else was sent stays."""
    token = token_of(who.user_of(ANN, by_provider=by_provider))
    ways = [{"cookie": f"other=1; access_token={token}"}, {"authorization": f"Bearer {token}"}]
    for doors, stands in ((LET_IN, True), (Doors(password_login=False), False)):
        who.know(accounts, Access(None), doors)
        async with caller(told()) as client:
            replies = [(await client.get("/user", headers=way)).json() for way in ways]
        assert [reply["in"] for reply in replies] == [stands, stands]
        assert replies[0]["other"] == "1"


async def test_a_login_says_itself_who_vouched(accounts: Accounts) -> None:
    """A password does not go on as the word of a provider when its account is removed."""
    who.know(accounts, Access(None), LET_IN)
    by_password, by_mail = (token_of(who.user_of(ANN, by_provider=by)) for by in (False, True))
    accounts.remove(ANN.name)
    assert who.behind(by_password) is None
    assert who.behind(by_mail) == ANN


async def test_tokens_of_other_doors_pass(accounts: Accounts) -> None:
    """The API, the probes and the metrics judge their own bearer tokens."""
    who.know(accounts, Access(None), LET_IN)
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
