"""Serve Chainlit's words without the prefix of step names, and with an error message that it lacks."""

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
    """Return the words of the page in a language, or in the nearest one that exists."""
    words = config.load_translation(config.ui.language or language)
    return {"translation": _with_rate_error(_without_step_prefix(words))}


def _with_rate_error(words: dict[str, Any]) -> dict[str, Any]:
    """Add the words for too many logins: the page looks them up by the phrase of the HTTP status."""
    login = words.get("auth", {}).get("login", {})
    errors = {**login.get("errors", {}), HTTPStatus.TOO_MANY_REQUESTS.phrase: TOO_MANY}
    return {**words, "auth": {**words.get("auth", {}), "login": {**login, "errors": errors}}}


def _without_step_prefix(words: dict[str, Any]) -> dict[str, Any]:
    """Remove the word that Chainlit puts before the name of a step, as in "Used …", in any language."""
    chat = words.get("chat", {})
    messages = {**chat.get("messages", {}), "status": {"using": "", "used": ""}}
    return {**words, "chat": {**chat, "messages": messages}}
