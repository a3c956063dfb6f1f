from __future__ import annotations

import pytest

from graph.errors import Unavailable
from tests.tools.search.asking import Desk
from tools.search.web.wikipedia import Wikipedia


@pytest.mark.parametrize(
    "reply",
    [
        {"error": {"code": "ratelimited", "info": "You've exceeded your rate limit.", "docref": "See ..."}},
        {"error": {"code": "cirrussearch-too-busy-error", "info": "Search is currently too busy."}},
        {},
    ],
)
async def test_an_error_with_the_status_of_an_answer_is_no_answer(
    desk: Desk, reply: dict[str, object]
) -> None:
    """The service says 200 to a search it did not carry out: that is not an empty result."""
    desk.server.expect_request("/w/api.php").respond_with_json(reply)
    with pytest.raises(Unavailable, match="did not carry the search out"):
        await desk.ask(Wikipedia)
