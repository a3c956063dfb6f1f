"""Errors of the product in routes of Chainlit."""

from __future__ import annotations

import httpx
import pytest
from fastapi import FastAPI, HTTPException

from graph.errors import Refused
from ui.chat.chainlit.error_handlers import add_error_handlers


def refuse() -> None:
    raise Refused("you may not do that")


def wrap() -> None:
    try:
        refuse()
    except Refused as error:
        raise HTTPException(500, "Internal Server Error") from error


def missing() -> None:
    raise HTTPException(404, "no such thing")


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/raised", 409, "you may not do that"),
        ("/wrapped", 409, "you may not do that"),
        ("/other", 404, "no such thing"),
    ],
)
async def test_a_refusal_is_answered_in_its_words(path: str, status: int, said: str) -> None:
    """Raised as it is or wrapped by Chainlit, it is no failure of the server; others stay as they are."""
    app = FastAPI()
    add_error_handlers(app)
    for name, route in (("/raised", refuse), ("/wrapped", wrap), ("/other", missing)):
        app.add_api_route(name, route)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://attest.test") as client:
        reply = await client.get(path)
    assert (reply.status_code, reply.json()["detail"]) == (status, said)
