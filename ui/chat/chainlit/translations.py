"""Serve Chainlit's words, without those before the name of a step, and with one that it lacks."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any

from chainlit.config import config
from fastapi import APIRouter, Query

router = APIRouter()

TOO_MANY = "Too many attempts to sign in. Wait a minute, then try again."

_TAG = r"^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{1,8}){0,4}$"


@router.get("/project/translations")
def translations(language: Annotated[str, Query(pattern=_TAG)] = "en-US") -> dict[str, Any]:
    """Return the words of the page in a language, or in the nearest there is."""
    words = config.load_translation(config.ui.language or language)
    return {"translation": _patient(_unprefixed(words))}


def _patient(words: dict[str, Any]) -> dict[str, Any]:
    """Return words that tell who tried to log in too often to wait: the page looks for them by the status."""
    login = words.get("auth", {}).get("login", {})
    errors = {**login.get("errors", {}), HTTPStatus.TOO_MANY_REQUESTS.phrase: TOO_MANY}
    return {**words, "auth": {**words.get("auth", {}), "login": {**login, "errors": errors}}}


def _unprefixed(words: dict[str, Any]) -> dict[str, Any]:
    """Return words in which no step is called "Used …", in whatever language that is."""
    chat = words.get("chat", {})
    messages = {**chat.get("messages", {}), "status": {"using": "", "used": ""}}
    return {**words, "chat": {**chat, "messages": messages}}
