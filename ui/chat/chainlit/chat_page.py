"""Serve the page of the chat at each of its addresses."""

from __future__ import annotations

from functools import cache

from chainlit import server
from chainlit.config import config
from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from ui.chat.chainlit.csp import security_policy, without_foreign_links

router = APIRouter(include_in_schema=False)


@router.get("/")
@router.get("/login")
@router.get("/login/callback")
@router.get("/thread")
@router.get("/thread/{thread_id}")
@router.get("/element/{element_id}")
async def page() -> HTMLResponse:
    """Return the page; its script shows what the address names."""
    html = _html(config.run.root_path)
    return HTMLResponse(
        html, headers={"Content-Security-Policy": security_policy(html), "Cache-Control": "no-cache"}
    )


@cache
def _html(root: str) -> str:
    return without_foreign_links(server.get_html_template(root))
