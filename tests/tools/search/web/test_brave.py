from __future__ import annotations

from collections.abc import Mapping

import pytest

from graph.errors import Misconfigured, Unavailable, Unusable
from tests.tools.search.asking import Desk, shown
from tests.tools.search.web_failing import BROKEN, failing
from tools.search.web.brave import Brave

PATH = "/res/v1/web/search"
HIT = {
    "title": "Half-open <strong>breakers</strong>",
    "url": "https://example.org/breakers",
    "is_source_local": False,
    "description": "The <strong>breaker</strong> isn&#x27;t closed &amp; isn&#x27;t open.",
    "page_age": "2026-03-02T08:15:00",
    "profile": {"name": "Example", "url": "https://example.org/breakers"},
    "language": "en",
    "family_friendly": True,
    "type": "search_result",
    "meta_url": {"scheme": "https", "netloc": "example.org", "path": "\u203a breakers"},
    "age": "March 2, 2026",
    "extra_snippets": ["It lets one <strong>call</strong> through.", "Then it decides."],
}


def answer(*hits: Mapping[str, object]) -> dict[str, object]:
    """Return an answer as the service gives it."""
    return {
        "query": {"original": "half-open breaker", "more_results_available": True},
        "mixed": {"type": "mixed", "main": [{"type": "web", "index": 0, "all": False}]},
        "type": "search",
        "web": {"type": "search", "results": list(hits), "family_friendly": True},
    }


def refusal(code: str) -> str:
    """Return the body of an error as the service gives it."""
    return f'{{"type": "ErrorResponse", "error": {{"code": "{code}", "status": 422}}, "time": 1663072993}}'


async def test_pages_come_back_as_sources_and_cost_a_search(desk: Desk) -> None:
    """Description and further snippets are the text, without their marks; the date is the page's own."""
    desk.server.expect_request(PATH).respond_with_json(answer(HIT))
    result = await desk.ask(Brave, limit=5, key="s3cret")
    text = "The breaker isn't closed & isn't open.\n\nIt lets one call through.\n\nThen it decides."
    assert shown(result) == [("Half-open breakers", HIT["url"], text, "2026-03-02")]
    assert result.cost == Brave.spec.price == 5000
    asked = desk.server.log[0][0]
    assert asked.headers["x-subscription-token"] == "s3cret"
    assert (asked.args["q"], asked.args["count"]) == ("half-open breaker", "5")
    assert "s3cret" not in asked.url


async def test_one_call_is_one_search_however_much_is_wanted(desk: Desk) -> None:
    """There is no second page: a call never costs more than its price."""
    hits = [{**HIT, "description": f"page {n}", "url": f"https://example.org/{n}"} for n in range(20)]
    desk.server.expect_request(PATH).respond_with_json(answer(*hits))
    assert len((await desk.ask(Brave, limit=50, key="k")).snapshots) == 20
    assert len((await desk.ask(Brave, limit=3, key="k")).snapshots) == 3
    assert [asked.args["count"] for asked, _ in desk.server.log] == ["20", "3"]


@pytest.mark.parametrize("web", [None, {"type": "search", "results": []}, {"type": "search"}])
async def test_nothing_found_is_an_empty_result_that_costs(desk: Desk, web: dict[str, object] | None) -> None:
    """The service leaves `web` out, or empty, when nothing fits: it was paid for all the same."""
    desk.server.expect_request(PATH).respond_with_json({**answer(), "web": web})
    result = await desk.ask(Brave, key="k")
    assert (result.snapshots, result.cost) == ((), 5000)


async def test_odd_fields_do_no_harm(desk: Desk) -> None:
    """Fields left out or null, signs nobody sees and addresses that are none cost their own hit alone."""
    odd: dict[str, object] = {
        "url": "https://example.org/odd",
        "title": "p &lt; 0.05 <b>\u202eand</b>\u200b more",
        "page_age": "soon",
    }
    bad = [{**HIT, "url": url} for url in ("javascript:alert(1)", "/relative", "", None)]
    desk.server.expect_request(PATH).respond_with_json(answer(*bad, {"type": "x"}, odd))
    result = await desk.ask(Brave, limit=20, key="k")
    assert shown(result) == [("p < 0.05 and more", odd["url"], "p < 0.05 and more", None)]


async def test_a_long_query_is_cut_to_what_the_service_takes(desk: Desk) -> None:
    """It refuses more than 400 characters or 50 words."""
    desk.server.expect_request(PATH).respond_with_json(answer())
    await desk.ask(Brave, "a " * 300, key="k")
    await desk.ask(Brave, "breaker" * 100, key="k")
    words, letters = (asked.args["q"] for asked, _ in desk.server.log)
    assert len(words.split()) == 50
    assert len(letters) == 400


@pytest.mark.parametrize(("status", "headers", "wait"), BROKEN)
async def test_a_service_in_trouble_is_unavailable(
    desk: Desk, status: int, headers: dict[str, str], wait: float | None
) -> None:
    """The wait it asks for is carried to whoever tries again."""
    error = await failing(desk, Brave, status, headers, key="k")
    assert isinstance(error, Unavailable)
    assert error.retry_after == wait


async def test_its_own_windows_say_how_long_to_wait(desk: Desk) -> None:
    """A second without a request left is waited for; a month that is not counted is not."""
    windows = {
        "x-ratelimit-limit": "50, 0",
        "x-ratelimit-remaining": "0, 0",
        "x-ratelimit-reset": "1, 1419704",
    }
    error = await failing(desk, Brave, 429, windows, key="k")
    assert isinstance(error, Unavailable)
    assert error.retry_after == 1.0


async def test_a_wrong_key_has_the_status_of_a_wrong_question(desk: Desk) -> None:
    """Only the body tells them apart: the key is the operator's, the question is dropped."""
    error = await failing(desk, Brave, 422, body=refusal("SUBSCRIPTION_TOKEN_INVALID"), key="s3cret")
    assert isinstance(error, Misconfigured)
    assert "ATTEST_BRAVE_KEY" in str(error)
    assert "s3cret" not in str(error)
    desk.server.clear()
    assert type(await failing(desk, Brave, 422, body=refusal("VALIDATION"), key="k")) is Unusable


@pytest.mark.parametrize("status", [401, 402, 403])
async def test_key_and_plan_are_the_operators_to_mend(desk: Desk, status: int) -> None:
    """A key that may not and a plan that is spent are not tried again."""
    assert isinstance(await failing(desk, Brave, status, key="k"), Misconfigured)


async def test_without_a_key_nothing_is_asked(desk: Desk) -> None:
    """The setting is named before a call is made."""
    with pytest.raises(Misconfigured, match="ATTEST_SERVICE_KEY"):
        await desk.ask(Brave)
    assert desk.server.log == []


@pytest.mark.parametrize(
    "body", ["<html>maintenance</html>", "{}", refusal("X"), '{"type": "search", "web": []}', ""]
)
async def test_garbage_is_no_answer(desk: Desk, body: str) -> None:
    """A body in another shape is a failure of the service, not an empty result."""
    assert isinstance(await failing(desk, Brave, 200, body=body, key="k"), Unavailable)
