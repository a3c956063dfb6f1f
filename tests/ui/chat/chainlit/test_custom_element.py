"""Elements of the project on the page."""

from __future__ import annotations

from pathlib import Path

import chainlit as cl
import pytest

from graph.people.conversations import Conversations
from tests.fakes.chainlit_home import browse, use
from tests.fakes.people import known
from tests.ui.chat.history.given import step
from ui.chat.chainlit.custom_element import AttestElement
from ui.chat.history.data_layer import data_layer_of


async def test_an_element_is_stored_and_its_session_keeps_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it shows is in its props: sent again, the newest are stored, and no file is written."""
    with known(tmp_path) as people:
        layer = data_layer_of(Conversations(people.database))
        use(layer, monkeypatch)
        browser = browse(await layer.create_user(cl.User(identifier="u-ann")), "t")
        await layer.create_step(step("t", type="user_message"))
        for count in (1, 2):
            element = AttestElement(id="e", name="Meter", display="inline", props={"count": count})
            await element.send(for_id=step("t")["id"])
        await layer.settled()
        found = await layer.content_for("u-ann", "t", "e")
    assert found is not None
    assert found[1] == b'{"count": 2}'
    assert browser.session.files == {}
    assert [each["props"] for each in browser.of("element")] == [{"count": 1}, {"count": 2}]
