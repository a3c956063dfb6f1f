"""Let a service answer with an error, whatever it is asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pytest

from graph.errors import AttestError
from graph.tool import Tool
from tests.tools.search.asking import Desk

BROKEN = [
    (429, {"retry-after": "7"}, 7.0),
    (500, {}, None),
    (502, {}, None),
    (503, {"retry-after": "30"}, 30.0),
]
"""Status, headers and the wait they ask for, of a service that may answer later."""


async def failing(
    desk: Desk,
    made: Callable[..., Tool],
    status: int,
    headers: Mapping[str, str] | None = None,
    body: str = "",
    *,
    key: str | None = None,
) -> AttestError:
    """Return the error a tool makes of that reply."""
    desk.server.expect_request(re.compile(".*")).respond_with_data(
        body, status=status, headers=dict(headers or {})
    )
    with pytest.raises(AttestError) as error:
        await desk.ask(made, key=key)
    return error.value
