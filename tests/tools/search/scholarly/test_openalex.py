from __future__ import annotations

from typing import Any

import pytest

from graph.errors import Unusable
from tests.tools.search.asking import Desk, shown
from tests.tools.search.papers_faults import says_when_to_come_back, takes_no_garbage
from tools.search.scholarly.openalex import OpenAlex

WORK: dict[str, Any] = {
    "id": "https://openalex.org/W1",
    "doi": "https://doi.org/10.5555/probe",
    "display_name": "Probing <i>half-open</i> links",
    "publication_date": "2021-06-30",
    "primary_location": {"is_oa": True, "landing_page_url": "https://journal.example.org/probe"},
    "abstract_inverted_index": {"A": [0], "probe": [1, 4], "decides:": [2], "one": [3]},
}


def reply(*works: dict[str, Any]) -> dict[str, Any]:
    """Return an answer as the service gives it."""
    return {"meta": {"count": len(works), "page": 1, "per_page": 5}, "results": list(works), "group_by": []}


async def test_the_abstract_is_put_together_from_its_index(desk: Desk) -> None:
    """Words stand where the index says, and the page of the work is its address."""
    desk.server.expect_request("/works").respond_with_json(reply(WORK))
    assert shown(await desk.ask(OpenAlex)) == [
        (
            "Probing half-open links",
            "https://journal.example.org/probe",
            "A probe decides: one probe",
            "2021-06-30",
        )
    ]


@pytest.mark.parametrize(
    ("missing", "address"),
    [
        ({"primary_location": None}, "https://doi.org/10.5555/probe"),
        ({"primary_location": {"landing_page_url": None}}, "https://doi.org/10.5555/probe"),
        ({"primary_location": None, "doi": None}, "https://openalex.org/W1"),
    ],
)
async def test_a_work_without_a_page_has_a_doi_or_an_id(
    desk: Desk, missing: dict[str, Any], address: str
) -> None:
    """The next best address is taken."""
    desk.server.expect_request("/works").respond_with_json(reply({**WORK, **missing}))
    assert shown(await desk.ask(OpenAlex))[0][1] == address


async def test_a_work_without_an_abstract_is_its_title(desk: Desk) -> None:
    """Publishers may forbid the abstract; the service then says null."""
    bare = {**WORK, "abstract_inverted_index": None, "publication_date": None}
    desk.server.expect_request("/works").respond_with_json(reply(bare, {"id": "https://openalex.org/W2"}))
    assert [(text, date) for _, _, text, date in shown(await desk.ask(OpenAlex))] == [
        ("Probing half-open links", None)
    ]


async def test_what_is_asked(desk: Desk) -> None:
    """Operators are taken off, the limit is the page, contact and key go along."""
    desk.server.expect_request("/works").respond_with_json(reply())
    result = await desk.ask(OpenAlex, '"half-open" NOT breake? (a|b)', limit=50, key="k1")
    asked = desk.server.log[0][0].args
    assert (asked["search"], asked["per_page"]) == ("half open breake b", "50")
    assert (asked["mailto"], asked["api_key"]) == ("research@example.org", "k1")
    assert result.passages == ()


async def test_without_a_key_none_is_sent(desk: Desk) -> None:
    """An empty key would be refused as a wrong one."""
    desk.server.expect_request("/works").respond_with_json(reply())
    await desk.ask(OpenAlex)
    assert "api_key" not in desk.server.log[0][0].args


async def test_a_question_the_service_refuses_is_dropped(desk: Desk) -> None:
    """Its own error shape comes with 400: asking again would not help."""
    error = {"error": "Invalid query parameters error.", "message": "search is not valid"}
    desk.server.expect_request("/works").respond_with_json(error, status=400)
    with pytest.raises(Unusable):
        await desk.ask(OpenAlex)


async def test_a_busy_service_says_when_to_come_back(desk: Desk) -> None:
    """The wait it asks for is carried to whoever tries again."""
    await says_when_to_come_back(desk, OpenAlex)


async def test_garbage_is_no_answer(desk: Desk) -> None:
    """A page in place of JSON is a failure of the service."""
    await takes_no_garbage(desk, OpenAlex)
