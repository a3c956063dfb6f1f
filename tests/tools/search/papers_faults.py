"""Play a service that is busy, or answers what is not its own."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from graph.errors import Unavailable
from graph.tool import Tool
from tests.tools.search.asking import Desk

ANY = re.compile(".*")


async def says_when_to_come_back(desk: Desk, tool: Callable[..., Tool]) -> None:
    """Fail unless a wait of 9 s asked for by the service reaches whoever tries again."""
    headers = {"retry-after": "9"}
    desk.server.expect_request(ANY).respond_with_data("busy", status=429, headers=headers)
    with pytest.raises(Unavailable) as busy:
        await desk.ask(tool)
    assert busy.value.retry_after == 9.0


async def takes_no_garbage(desk: Desk, tool: Callable[..., Tool]) -> None:
    """Fail unless a page in place of an answer is a failure of the service, not an empty result."""
    desk.server.expect_request(ANY).respond_with_data("<html>down for maintenance<br></html>")
    with pytest.raises(Unavailable, match="shape"):
        await desk.ask(tool)


def bomb(root: str) -> str:
    """Return a small document that would be 10 MB if its entities were replaced."""
    laughs = "".join(f'<!ENTITY l{i + 1} "{f"&l{i};" * 10}">' for i in range(6))
    return f'<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY l0 "ha ha ha! "> {laughs}]><{root}>&l6;</{root}>'
