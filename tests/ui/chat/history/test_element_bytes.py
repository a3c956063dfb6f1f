"""The bytes of an element."""

from __future__ import annotations

import json
from pathlib import Path

import chainlit as cl
import pytest

from graph.errors import Refused, Unavailable, Unusable
from tests.fakes.chainlit_home import browse
from ui.chat.history.element_bytes import bytes_of


@pytest.fixture(autouse=True)
async def _session() -> None:
    browse(None)


async def test_bytes_come_from_where_chainlit_has_them(tmp_path: Path) -> None:
    """A file is read, content is taken, and a custom element is its props of now."""
    (tmp_path / "a").write_bytes(b"in a file")
    assert await bytes_of(cl.File(name="f", path=str(tmp_path / "a")), 99) == (b"in a file", None)
    assert await bytes_of(cl.Text(name="t", content="ü"), 99) == ("ü".encode(), None)
    card = cl.CustomElement(name="Card", props={"old": 1})
    card.props = {"new": 2}
    assert await bytes_of(card, 99) == (json.dumps({"new": 2}).encode(), None)
    assert await bytes_of(cl.File(name="f", url="https://example.org/f"), 99) == (None, None)


async def test_the_reason_says_why_there_are_none(tmp_path: Path) -> None:
    """Too many bytes, a file that is gone and half a character each have words of their own."""
    (tmp_path / "a").write_bytes(b"123")
    cases = [
        (cl.File(name="f", path=str(tmp_path / "a")), Refused, "f has 3 bytes and at most 2 are kept"),
        (cl.File(name="f", content=b"123"), Refused, "f has 3 bytes and at most 2 are kept"),
        (cl.File(name="f", path=str(tmp_path / "gone")), Unavailable, "cannot read f (No such file"),
        (cl.Text(name="t", content="\ud83d"), Unusable, "t holds half of a character"),
    ]
    for element, kind, said in cases:
        content, why = await bytes_of(element, 2)
        assert content is None
        assert isinstance(why, kind)
        assert str(why).startswith(said)
