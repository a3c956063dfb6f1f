"""Who is turned away learns why."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.responses import RedirectResponse

from graph.people.oauth import LoginRefusal
from ui.chat.login.login_refusal import LoginRefusalMiddleware, note_refusal

FAILED = "http://inside:8000/chat/login?error=oauthSignin"


def caller(app: Any) -> httpx.AsyncClient:  # noqa: ANN401  # any ASGI application
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://attest.test")


@pytest.mark.parametrize(
    ("why", "error"),
    [
        (None, "oauthSignin"),
        (LoginRefusal.UNVERIFIED, "oauthCreateAccount"),
        (LoginRefusal.FOREIGN, "oauthCallback"),
        (LoginRefusal.UNNAMEABLE, "oauthCallback"),
        (LoginRefusal.UNIDENTIFIED, "oauthCallback"),
        (LoginRefusal.TAKEN, "oauthAccountNotLinked"),
    ],
)
async def test_the_page_is_told_why(why: LoginRefusal | None, error: str) -> None:
    """The reason is in the address, which holds no host: behind a proxy Chainlit would name its own."""
    app = FastAPI()

    @app.get("/auth/oauth/house/callback")
    async def failed() -> RedirectResponse:
        if why:
            note_refusal(why)
        return RedirectResponse(FAILED)

    app.add_middleware(LoginRefusalMiddleware)
    async with caller(app) as client:
        reply = await client.get("/auth/oauth/house/callback")
    assert reply.headers["location"] == f"/chat/login?error={error}"


async def test_the_way_to_a_provider_is_left_as_it_is() -> None:
    """Only the address of a failure is changed."""
    app = FastAPI()
    app.add_api_route(
        "/auth/oauth/house", lambda: RedirectResponse("https://house.example/authorize?state=1")
    )
    app.add_middleware(LoginRefusalMiddleware)
    async with caller(app) as client:
        reply = await client.get("/auth/oauth/house")
    assert reply.headers["location"] == "https://house.example/authorize?state=1"
