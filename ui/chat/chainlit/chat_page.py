"""Serve the page of the chat, at each address that it has."""

from __future__ import annotations

from functools import cache

from chainlit import server
from chainlit.config import config
from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from ui.chat.chainlit.csp import local, policy

router = APIRouter(include_in_schema=False)


@router.get("/")
@router.get("/login")
@router.get("/login/callback")
@router.get("/thread")
@router.get("/thread/{thread_id}")
@router.get("/element/{element_id}")
async def page() -> HTMLResponse:
    """Return the page, which finds its own way from the address."""
    html = _html(config.run.root_path)
    return HTMLResponse(html, headers={"Content-Security-Policy": policy(html), "Cache-Control": "no-cache"})


@cache
def _html(root: str) -> str:
    return local(server.get_html_template(root))
