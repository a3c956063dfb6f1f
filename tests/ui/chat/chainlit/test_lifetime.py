"""What is set up around Chainlit's server."""

from __future__ import annotations

import httpx
from fastapi import APIRouter, FastAPI

from ui.chat.chainlit.lifetime import add_routes_first


async def test_our_routes_come_before_the_one_for_everything() -> None:
    """Chainlit answers every path with its page: what is added later would never be asked."""
    app, router = FastAPI(), APIRouter()
    app.add_api_route("/{rest:path}", lambda: "the page")
    router.add_api_route("/ours", lambda: "ours")
    add_routes_first(app, router)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://attest.test") as client:
        assert (await client.get("/ours")).json() == "ours"
        assert (await client.get("/other")).json() == "the page"
