from __future__ import annotations

import re

import pytest

from graph.errors import Unavailable
from tests.tools.search.asking import Desk, shown
from tools.search.web.wikipedia import Wikipedia

ARTICLE = {
    "pageid": 33212001,
    "ns": 0,
    "title": "Circuit breaker design pattern",
    "index": 1,
    "extract": "The circuit breaker is a design pattern used in software development.",
    "fullurl": "https://en.wikipedia.org/wiki/Circuit_breaker_design_pattern",
    "revisions": [{"timestamp": "2026-03-02T08:15:00Z"}],
}


async def test_articles_come_back_as_sources_in_the_order_of_the_service(desk: Desk) -> None:
    """The opening of an article is its text, its last edit its date, and the index its place."""
    second = {**ARTICLE, "title": "Circuit breaker", "index": 2, "extract": "A safety device."}
    reply = {"batchcomplete": True, "query": {"pages": [second, ARTICLE]}}
    desk.server.expect_request("/w/api.php").respond_with_json(reply)
    result = await desk.ask(Wikipedia, limit=50)
    assert shown(result)[0] == (ARTICLE["title"], ARTICLE["fullurl"], ARTICLE["extract"], "2026-03-02")
    assert result.passages[0].score > result.passages[1].score
    asked = desk.server.log[0][0]
    assert (asked.args["gsrsearch"], asked.args["gsrlimit"]) == ("half-open breaker", "20")
    assert "research@example.org" in asked.headers["user-agent"]


async def test_nothing_found_is_an_empty_result(desk: Desk) -> None:
    """The service leaves `query` out when nothing fits."""
    desk.server.expect_request("/w/api.php").respond_with_json({"batchcomplete": True})
    assert (await desk.ask(Wikipedia)).passages == ()


async def test_a_busy_service_says_when_to_come_back(desk: Desk) -> None:
    """The wait it asks for is carried to whoever tries again."""
    desk.server.expect_request(re.compile(".*")).respond_with_data(
        "busy", status=429, headers={"retry-after": "7"}
    )
    with pytest.raises(Unavailable) as busy:
        await desk.ask(Wikipedia)
    assert busy.value.retry_after == 7.0


async def test_garbage_is_no_answer(desk: Desk) -> None:
    """A body in another shape is a failure of the service, not an empty result."""
    desk.server.expect_request("/w/api.php").respond_with_data("<html>maintenance</html>")
    with pytest.raises(Unavailable, match="shape"):
        await desk.ask(Wikipedia)


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
