from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from graph.errors import Misconfigured, Unavailable, Unusable
from tests.tools.search.asking import Desk, shown
from tests.tools.search.web_failing import BROKEN, failing
from tools.search.web.tavily import Tavily

HIT = {
    "url": "https://example.org/breakers",
    "title": "Half-open breakers",
    "content": "After a while the breaker lets one call through.\n\nIf it succeeds, the breaker closes.",
    "score": 0.9187,
    "raw_content": None,
    "favicon": "https://example.org/favicon.ico",
    "published_date": "Mon, 02 Mar 2026 08:15:00 GMT",
}


def answer(*hits: Mapping[str, object]) -> dict[str, object]:
    """Return an answer as the service gives it."""
    return {
        "query": "half-open breaker",
        "follow_up_questions": None,
        "answer": None,
        "images": [],
        "results": list(hits),
        "response_time": 1.09,
        "request_id": "123e4567-e89b-12d3-a456-426614174111",
    }


async def test_pages_come_back_as_sources_and_cost_a_credit(desk: Desk) -> None:
    """The fitting passages are the text, and the key travels in a header alone."""
    desk.server.expect_request("/search", method="POST").respond_with_json(answer(HIT))
    result = await desk.ask(Tavily, limit=50, key="tvly-s3cret")
    assert shown(result) == [(HIT["title"], HIT["url"], HIT["content"], "2026-03-02")]
    assert result.cost == Tavily.spec.price == 8000
    asked = desk.server.log[0][0]
    assert asked.headers["authorization"] == "Bearer tvly-s3cret"
    assert asked.json == {"query": "half-open breaker", "max_results": 20, "search_depth": "basic"}
    assert "s3cret" not in asked.url


async def test_one_call_is_one_credit_however_much_is_wanted(desk: Desk) -> None:
    """There is no second page: a call never costs more than its price."""
    hits = [{**HIT, "content": f"passage {n}", "url": f"https://example.org/{n}"} for n in range(20)]
    desk.server.expect_request("/search").respond_with_json(answer(*hits))
    assert len((await desk.ask(Tavily, limit=50, key="k")).snapshots) == 20
    assert len((await desk.ask(Tavily, limit=3, key="k")).snapshots) == 3
    assert [json.loads(asked.data)["max_results"] for asked, _ in desk.server.log] == [20, 3]


async def test_nothing_found_is_an_empty_result_that_costs(desk: Desk) -> None:
    """An empty answer is an answer: it was paid for."""
    desk.server.expect_request("/search").respond_with_json(answer())
    result = await desk.ask(Tavily, key="k")
    assert (result.snapshots, result.cost) == ((), 8000)


async def test_odd_fields_do_no_harm(desk: Desk) -> None:
    """Fields left out or null, signs nobody sees and addresses that are none cost their own hit alone."""
    odd: dict[str, object] = {
        "url": "https://example.org/odd",
        "title": "A\u202e\u200b <b>title</b>",
        "content": None,
        "new": {},
    }
    bad = [{**HIT, "url": url} for url in ("javascript:alert(1)", "/relative", "", None)]
    desk.server.expect_request("/search").respond_with_json(answer(*bad, {"score": 1}, odd))
    result = await desk.ask(Tavily, limit=20, key="k")
    assert shown(result) == [("A <b>title</b>", odd["url"], "A <b>title</b>", None)]


async def test_a_long_query_is_cut_between_words(desk: Desk) -> None:
    """The service refuses more than 400 characters."""
    desk.server.expect_request("/search").respond_with_json(answer())
    await desk.ask(Tavily, "breaker " * 200, key="k")
    sent = desk.server.log[0][0].json["query"]
    assert len(sent) <= 400
    assert set(sent.split()) == {"breaker"}


@pytest.mark.parametrize(("status", "headers", "wait"), BROKEN)
async def test_a_service_in_trouble_is_unavailable(
    desk: Desk, status: int, headers: dict[str, str], wait: float | None
) -> None:
    """The wait it asks for is carried to whoever tries again."""
    error = await failing(desk, Tavily, status, headers, key="k")
    assert isinstance(error, Unavailable)
    assert error.retry_after == wait


@pytest.mark.parametrize(
    ("status", "way_out"), [(401, "ATTEST_TAVILY_KEY"), (432, "raise the plan"), (433, "pay-as-you-go")]
)
async def test_key_and_plan_are_the_operators_to_mend(desk: Desk, status: int, way_out: str) -> None:
    """A wrong key, a spent plan and a spent limit are told apart; none of them is tried again."""
    error = await failing(desk, Tavily, status, body='{"detail": {"error": "no"}}', key="tvly-s3cret")
    assert isinstance(error, Misconfigured)
    assert way_out.replace("TAVILY", "SERVICE") in str(error)
    assert "s3cret" not in str(error)


async def test_without_a_key_nothing_is_asked(desk: Desk) -> None:
    """The setting is named before a call is made."""
    with pytest.raises(Misconfigured, match="ATTEST_SERVICE_KEY"):
        await desk.ask(Tavily)
    assert desk.server.log == []


async def test_a_question_it_does_not_take_is_dropped(desk: Desk) -> None:
    """A refusal of the question alone is not tried again and blames nobody."""
    assert type(await failing(desk, Tavily, 400, key="k")) is Unusable


@pytest.mark.parametrize(
    "body", ["<html>maintenance</html>", "{}", '{"results": null}', '{"results": [1]}', ""]
)
async def test_garbage_is_no_answer(desk: Desk, body: str) -> None:
    """A body in another shape is a failure of the service, not an empty result."""
    error = await failing(desk, Tavily, 200, body=body, key="k")
    assert isinstance(error, Unavailable)
