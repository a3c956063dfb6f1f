"""Serve Chainlit's words without those before the name of a step: it says itself what it did."""

from __future__ import annotations

from typing import Annotated, Any

from chainlit.config import config
from fastapi import APIRouter, Query

router = APIRouter()

_TAG = r"^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{1,8}){0,4}$"


@router.get("/project/translations")
def translations(language: Annotated[str, Query(pattern=_TAG)] = "en-US") -> dict[str, Any]:
    """Return the words of the page in a language, or in the nearest there is."""
    return {"translation": _unprefixed(config.load_translation(config.ui.language or language))}


def _unprefixed(words: dict[str, Any]) -> dict[str, Any]:
    """Return words in which no step is called "Used …", in whatever language that is."""
    chat = words.get("chat", {})
    messages = {**chat.get("messages", {}), "status": {"using": "", "used": ""}}
    return {**words, "chat": {**chat, "messages": messages}}
