"""Receive a file that a person attaches, or say why it is refused."""

from __future__ import annotations

from http import HTTPStatus

from chainlit.server import validate_file_upload
from chainlit.session import WebsocketSession
from fastapi import APIRouter, HTTPException, UploadFile

from graph.people.attachments import MOST_CONVERSATION_BYTES
from guards.visible_text import one_line

router = APIRouter()


@router.post("/project/file")
async def upload(session_id: str, file: UploadFile) -> dict[str, str]:
    """Keep a file in a session; the rules of the server have checked whose session it is."""
    session = WebsocketSession.get_by_id(session_id)
    if session is None:
        raise HTTPException(HTTPStatus.NOT_FOUND, "this session is over: reload the page")
    name = one_line(file.filename or "")
    if not name or not file.size:
        raise HTTPException(HTTPStatus.BAD_REQUEST, f"{name or 'the file'} is empty: attach one that is not")
    if sum(kept["size"] for kept in session.files.values()) + file.size > MOST_CONVERSATION_BYTES:
        raise HTTPException(HTTPStatus.BAD_REQUEST, "this conversation holds too much: begin a new one")
    try:
        validate_file_upload(file)
    except ValueError as error:
        raise HTTPException(HTTPStatus.BAD_REQUEST, f"{name}: {error}") from None
    kept = await session.persist_file(name=name, content=await file.read(), mime=file.content_type or "")
    return {"id": kept["id"]}
