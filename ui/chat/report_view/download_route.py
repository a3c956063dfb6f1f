"""Serve the downloads of a report to a person of the chat who may read it."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import Annotated

from chainlit.auth import reuseable_oauth
from fastapi import APIRouter, Depends, HTTPException, Response

from graph.errors import Refused
from ui.chat.chat_context import ChatContext
from ui.chat.report_view.chat_downloads import FORMATS, file_name
from ui.chat.report_view.report_access import ReportAccess
from ui.report.proof import proof_of

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
    "X-Content-Type-Options": "nosniff",
}


class DownloadRoute:
    """Answer requests for downloads."""

    def __init__(self, chat: ChatContext) -> None:
        self._chat = chat

    def router(self) -> APIRouter:
        """Return the route, which must come before Chainlit's."""
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/reading/{run_id}/{kind}", self.download)
        return router

    async def download(
        self, run_id: str, kind: str, token: Annotated[str | None, Depends(reuseable_oauth)]
    ) -> Response:
        """Make one format of a report; 404 for a run that this person may not read."""
        app, user = self._chat.app, self._chat.user
        access = ReportAccess(app=app, access=user.access, reader=await user.behind(token))
        try:
            report = await access.report(run_id)
        except Refused as refused:
            raise HTTPException(HTTPStatus.NOT_FOUND, str(refused)) from None
        if (found := FORMATS.get(kind)) is None:
            said = f"there is no form {kind}: choose one of {', '.join(FORMATS)}"
            raise HTTPException(HTTPStatus.NOT_FOUND, said)
        content = await asyncio.to_thread(found.make, report, await proof_of(app, report))
        disposition = f'attachment; filename="{file_name(run_id, found)}"'
        headers = {**_HEADERS, "Content-Disposition": disposition}
        return Response(content, media_type=found.media, headers=headers)
