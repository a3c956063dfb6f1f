"""The page of the chat, over HTTP."""

from __future__ import annotations

import httpx
import pytest
from fastapi import FastAPI

from ui.chat.chainlit.chat_page import router
from ui.chat.chainlit.csp import security_policy


@pytest.mark.parametrize("path", ["/", "/login", "/login/callback", "/thread", "/thread/x", "/element/x"])
async def test_every_address_of_the_page_has_its_policy(path: str) -> None:
    """The policy is that of the very page that is sent, and the page names no other host."""
    app = FastAPI()
    app.include_router(router)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://attest.test") as client:
        reply = await client.get(path)
    assert reply.status_code == 200
    assert reply.headers["content-security-policy"] == security_policy(reply.text)
    assert reply.headers["cache-control"] == "no-cache"
    assert "https://" not in reply.text
