"""Serve the downloads of a report to whoever is logged in to the chat and may read it."""

from __future__ import annotations

import asyncio
from typing import Annotated

from chainlit.auth import reuseable_oauth
from fastapi import APIRouter, Depends, HTTPException, Response

from graph.errors import Refused
from ui.chat.login.current_user import access, behind
from ui.chat.report_view.chat_downloads import FORMS, file_name
from ui.chat.report_view.report_access import Shelf
from ui.report.proof import proof_of
from ui.server.server_context import served

router = APIRouter(include_in_schema=False)

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
    "X-Content-Type-Options": "nosniff",
}


@router.get("/reading/{run_id}/{kind}")
async def download(
    run_id: str, kind: str, token: Annotated[str | None, Depends(reuseable_oauth)]
) -> Response:
    """Make one form of a report when it is asked for; 404 for a run that is not this person's to read."""
    app = served().app
    try:
        report = await Shelf(app=app, access=access(), reader=await behind(token)).report(run_id)
    except Refused as refused:
        raise HTTPException(404, str(refused)) from None
    if (form := FORMS.get(kind)) is None:
        raise HTTPException(404, f"there is no form {kind}: choose one of {', '.join(FORMS)}")
    content = await asyncio.to_thread(form.make, report, await proof_of(app, report))
    disposition = f'attachment; filename="{file_name(run_id, form)}"'
    return Response(content, media_type=form.media, headers={**_HEADERS, "Content-Disposition": disposition})
