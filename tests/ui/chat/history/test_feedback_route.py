"""Ratings of answers, over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

import chainlit as cl

from tests.fakes.chainlit_home import browse
from tests.ui.chat.history.given import step
from tests.ui.chat.history.routes import ask, put

if TYPE_CHECKING:
    import httpx

    from ui.chat.history.data_layer import ChatDataLayer


async def test_feedback_is_the_authors(history: ChatDataLayer, client: httpx.AsyncClient) -> None:
    """A person rates answers of their own threads alone; anything else is refused in words."""
    await put(history, "text/plain")
    rated = {"feedback": {"forId": step("t")["id"], "value": 1}, "sessionId": "none"}
    refused = await ask(client, "bob", "/feedback", "PUT", rated)
    assert (refused.status_code, refused.json()["detail"].split(":")[0]) == (
        409,
        f"there is no step {step('t')['id']} of yours",
    )
    good = await ask(client, "ada", "/feedback", "PUT", rated)
    assert good.status_code == 200
    gone = {"feedbackId": good.json()["feedbackId"]}
    refused = await ask(client, "bob", "/feedback", "DELETE", gone)
    assert refused.status_code == 409
    assert refused.json()["detail"] == f"there is no rating {gone['feedbackId']} of yours: reload the page"
    thread = await history.get_thread("t")
    assert thread is not None
    assert thread["steps"][0]["feedback"] is not None
    await ask(client, "ada", "/feedback", "DELETE", gone)
    thread = await history.get_thread("t")
    assert thread is not None
    assert "feedback" not in thread["steps"][0]


async def test_a_rating_of_another_is_not_taken(history: ChatDataLayer, client: httpx.AsyncClient) -> None:
    """A rating under the id of another step's is refused in words, and that one stays as it was."""
    await put(history, "text/plain")
    mine = {"feedback": {"forId": step("t")["id"], "value": 1}, "sessionId": "none"}
    given = (await ask(client, "ada", "/feedback", "PUT", mine)).json()["feedbackId"]
    bob = await history.create_user(cl.User(identifier="bob"))
    browse(bob, "b")
    await history.create_step(step("b"))
    stolen = {"feedback": {"id": given, "forId": step("b")["id"], "value": 0}, "sessionId": "none"}
    refused = await ask(client, "bob", "/feedback", "PUT", stolen)
    assert refused.status_code == 409
    assert refused.json()["detail"].startswith(f"there is no rating {given} of this step: ")
    thread = await history.get_thread("t")
    assert thread is not None
    assert dict(thread["steps"][0]["feedback"] or {})["value"] == 1
