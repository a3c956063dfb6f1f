from __future__ import annotations

from typing import Any

import pytest

from tests.tools.search.asking import Desk, shown
from tests.tools.search.papers_faults import says_when_to_come_back, takes_no_garbage
from tools.net.endpoint import Endpoint
from tools.search.scholarly.contact_address import contact_parameter
from tools.search.scholarly.crossref import Crossref

WORK: dict[str, Any] = {
    "DOI": "10.5555/abc(2020)<1>",
    "title": ["Probing <i>half-open</i> links &amp; more"],
    "container-title": ["Journal of Examples"],
    "author": [
        {"given": "Ada", "family": "Example", "sequence": "first", "affiliation": []},
        {"name": "The Example Group", "sequence": "additional", "affiliation": []},
    ],
    "abstract": "<jats:title>Abstract</jats:title><jats:p>Probes <jats:italic>decide</jats:italic>.</jats:p>",
    "issued": {"date-parts": [[2020, 5, 1]]},
}


def reply(*works: dict[str, Any]) -> dict[str, Any]:
    """Return an answer as the service gives it."""
    message = {"facets": {}, "total-results": len(works), "items": list(works), "items-per-page": 5}
    return {"status": "ok", "message-type": "work-list", "message-version": "1.0.0", "message": message}


async def test_the_abstract_of_a_work_is_a_source(desk: Desk) -> None:
    """Markup is taken off title and abstract, and every sign of a DOI is safe in its address."""
    desk.server.expect_request("/works").respond_with_json(reply(WORK))
    assert shown(await desk.ask(Crossref, limit=9)) == [
        (
            "Probing half-open links & more",
            "https://doi.org/10.5555/abc(2020)%3C1%3E",
            "Abstract\n\nProbes decide.",
            "2020-05-01",
        )
    ]
    asked = desk.server.log[0][0].args
    assert (asked["query.bibliographic"], asked["rows"]) == ("half-open breaker", "9")
    assert asked["mailto"] == "research@example.org"


async def test_a_work_without_an_abstract_is_what_is_known_of_it(desk: Desk) -> None:
    """Title, journal and authors are its text."""
    work = {name: value for name, value in WORK.items() if name != "abstract"}
    desk.server.expect_request("/works").respond_with_json(reply(work))
    ((_, _, text, _),) = shown(await desk.ask(Crossref))
    assert text == "Probing half-open links & more\n\nJournal of Examples. Ada Example, The Example Group"


@pytest.mark.parametrize(
    ("parts", "date"),
    [
        ([[2019]], "2019"),
        ([[2019, 7]], "2019-07"),
        ([[2019, 2, 30]], "2019-02"),
        ([[2019, 13]], "2019"),
        ([[None]], None),
        ([[]], None),
        ([], None),
        ([[12020, 1, 1]], None),
    ],
)
async def test_a_date_is_as_exact_as_it_is_known(desk: Desk, parts: list[Any], date: str | None) -> None:
    """A part that is missing or cannot be is left out; nothing is guessed."""
    desk.server.expect_request("/works").respond_with_json(reply({**WORK, "issued": {"date-parts": parts}}))
    assert shown(await desk.ask(Crossref))[0][3] == date


async def test_a_work_of_which_only_its_doi_is_known_is_left_out(desk: Desk) -> None:
    """It has no words; the works beside it stay."""
    desk.server.expect_request("/works").respond_with_json(reply({"DOI": "10.5555/none"}, WORK))
    assert [title for title, *_ in shown(await desk.ask(Crossref))] == ["Probing half-open links & more"]


async def test_nothing_found_is_an_empty_result(desk: Desk) -> None:
    """The service answers with no items."""
    desk.server.expect_request("/works").respond_with_json(reply())
    assert (await desk.ask(Crossref)).passages == ()


def test_a_contact_that_is_no_mail_address_is_not_sent_as_one() -> None:
    """The service refuses a `mailto` it cannot read; a page as a contact stays in the user agent."""
    where = Endpoint(name="CROSSREF", url="https://api.example.org", contact="https://example.org/about")
    assert contact_parameter("mailto", where) == {}


async def test_a_busy_service_says_when_to_come_back(desk: Desk) -> None:
    """The wait it asks for is carried to whoever tries again."""
    await says_when_to_come_back(desk, Crossref)


async def test_garbage_is_no_answer(desk: Desk) -> None:
    """A page in place of JSON is a failure of the service."""
    await takes_no_garbage(desk, Crossref)
