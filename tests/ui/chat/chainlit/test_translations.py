"""The page's words, in the language of the browser."""

from __future__ import annotations

from pathlib import Path

import chainlit
import httpx
import pytest
from chainlit.server import app as chainlit_app
from fastapi import FastAPI

from ui.chat.chainlit.translations import router

SHIPPED = sorted(
    path.stem
    for path in Path(chainlit.__file__).with_name("translations").glob("*.json")
    if path.stem != "en-US"
)


async def asked(language: str) -> httpx.Response:
    """Ask for the words as the page does, of a server that has our route before Chainlit's."""
    whole = FastAPI()
    whole.include_router(router)
    whole.router.routes.extend(chainlit_app.router.routes)
    transport = httpx.ASGITransport(whole)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        return await client.get("/project/translations", params={"language": language})


@pytest.mark.parametrize("language", ["en-US", "de", "xx", *SHIPPED])
async def test_a_step_has_the_same_title_in_every_language(language: str) -> None:
    """No word is put before the name of a step, and Chainlit's other words stay."""
    words = (await asked(language)).json()["translation"]
    assert words["chat"]["messages"]["status"] == {"using": "", "used": ""}
    assert words["chat"]["messages"]["actions"]["copy"]["button"]
    assert words["common"]["actions"]["confirm"]


async def test_a_german_browser_gets_german_words() -> None:
    """What is not the name of a step is in the language of the browser."""
    words = (await asked("de-DE")).json()["translation"]
    assert words["common"]["actions"]["cancel"] == "Abbrechen"


async def test_what_is_no_language_is_refused() -> None:
    """A path is no tag."""
    assert (await asked("../../config")).status_code == 422
