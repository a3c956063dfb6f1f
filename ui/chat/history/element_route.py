"""Serve the bytes of an element to the owner of its thread."""

from __future__ import annotations

import re
from typing import Annotated, Any
from urllib.parse import quote

from chainlit.auth import get_current_user
from chainlit.data import get_data_layer
from chainlit.user import User
from fastapi import APIRouter, Depends, HTTPException, Response

from ui.chat.history.chainlit_values import FILES
from ui.chat.history.data_layer import ChatDataLayer

# An HTML page or an SVG may hold a script that would run as this site: every other type is downloaded.
SHOWN = re.compile(r"application/pdf|text/plain|image/(?!svg)[a-z0-9.+-]+")
_TYPE = re.compile(r"[a-z0-9.+-]+/[a-z0-9.+-]+")

router = APIRouter()


@router.get(f"{FILES}/{{thread_id}}/{{element_id}}")
async def element_file(
    thread_id: str, element_id: str, user: Annotated[User | None, Depends(get_current_user)]
) -> Response:
    """Return an element's bytes; anybody but the owner of its thread gets 404, as for an unknown element."""
    layer = get_data_layer()
    found = None
    if user is not None and isinstance(layer, ChatDataLayer):
        found = await layer.content_for(user.identifier, thread_id, element_id)
    if found is None:
        raise HTTPException(status_code=404, detail="There is no such file.")
    record, content = found
    return Response(content, media_type=_media_type(record), headers=_headers(record))


def _media_type(record: dict[str, Any]) -> str:
    """Return the stored media type, or that of plain bytes: the sender's browser may have sent any text."""
    mime = (record.get("mime") or "").split(";")[0].strip().lower()
    return mime if _TYPE.fullmatch(mime) else "application/octet-stream"


def _headers(record: dict[str, Any]) -> dict[str, str]:
    disposition = "inline" if SHOWN.fullmatch(_media_type(record)) else "attachment"
    name = quote(record.get("name") or "file", safe="", errors="replace")
    return {
        "Content-Disposition": f"{disposition}; filename*=utf-8''{name}",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-cache",
    }
