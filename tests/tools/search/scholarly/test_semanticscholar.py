from __future__ import annotations

from typing import Any

import pytest

from graph.errors import Misconfigured, Unavailable, Unusable
from tests.tools.search.asking import Desk, shown
from tests.tools.search.papers_faults import says_when_to_come_back, takes_no_garbage
from tools.search.scholarly.semanticscholar import SemanticScholar

PATH = "/graph/v1/paper/search"
PAPER: dict[str, Any] = {
    "paperId": "abc",
    "title": "Probing half-open links",
    "abstract": "A probe decides.",
    "url": "https://www.semanticscholar.org/paper/abc",
    "publicationDate": "2022-02-03",
    "year": 2022,
    "externalIds": {"DOI": "10.5555/probe", "CorpusId": 77},
    "tldr": {"model": "tldr@v2.0.0", "text": "Probes are what decides."},
}


def reply(*papers: dict[str, Any]) -> dict[str, Any]:
    """Return an answer as the service gives it."""
    return {"total": len(papers), "offset": 0, "data": list(papers)}


async def test_the_abstract_of_a_paper_is_a_source(desk: Desk) -> None:
    """Title, page, abstract and day are the paper's."""
    desk.server.expect_request(PATH).respond_with_json(reply(PAPER))
    assert shown(await desk.ask(SemanticScholar)) == [
        (PAPER["title"], PAPER["url"], "A probe decides.", "2022-02-03")
    ]


async def test_a_summary_by_a_model_is_named_as_one(desk: Desk) -> None:
    """Without an abstract its summary stands in, and nobody can take it for the authors' words."""
    paper = {**PAPER, "abstract": None, "publicationDate": None, "url": None}
    desk.server.expect_request(PATH).respond_with_json(reply(paper))
    assert shown(await desk.ask(SemanticScholar)) == [
        (
            PAPER["title"],
            "https://doi.org/10.5555/probe",
            "Summary by a model of Semantic Scholar: Probes are what decides.",
            "2022",
        )
    ]


async def test_a_paper_of_which_little_is_known_fails_nothing(desk: Desk) -> None:
    """With only a title that is its text; without an address it is left out."""
    bare = {"paperId": "x", "title": "Only a title", "url": "https://www.semanticscholar.org/paper/x"}
    nulls = dict.fromkeys(("abstract", "publicationDate", "year", "externalIds", "tldr"))
    desk.server.expect_request(PATH).respond_with_json(reply({**bare, **nulls}, {"title": "Nowhere"}))
    assert [text for _, _, text, _ in shown(await desk.ask(SemanticScholar))] == ["Only a title"]


async def test_what_is_asked(desk: Desk) -> None:
    """Compounds are parted, since the service finds nothing for a hyphen; limit and key go along."""
    desk.server.expect_request(PATH).respond_with_json(reply())
    await desk.ask(SemanticScholar, limit=3, key="k1")
    asked = desk.server.log[0][0]
    assert (asked.args["query"], asked.args["limit"]) == ("half open breaker", "3")
    assert asked.headers["x-api-key"] == "k1"


async def test_nothing_found_is_an_empty_result(desk: Desk) -> None:
    """The service leaves `data` out when nothing fits."""
    desk.server.expect_request(PATH).respond_with_json({"total": 0, "offset": 0})
    assert (await desk.ask(SemanticScholar)).passages == ()
    assert "x-api-key" not in desk.server.log[0][0].headers


@pytest.mark.parametrize(
    ("status", "key", "error"),
    [
        (400, None, Unusable),
        (429, None, Unavailable),
        (403, None, Unavailable),
        (403, "k1", Misconfigured),
        (500, None, Unavailable),
    ],
)
async def test_its_errors_have_their_right_names(
    desk: Desk, status: int, key: str | None, error: type[Exception]
) -> None:
    """Too many callers without a key share one limit, so 429 and 403 are common there and pass."""
    said = {"message": "Too Many Requests.", "code": str(status)}
    desk.server.expect_request(PATH).respond_with_json(said, status=status)
    with pytest.raises(error):
        await desk.ask(SemanticScholar, key=key)


async def test_a_busy_service_says_when_to_come_back(desk: Desk) -> None:
    """The wait it asks for is carried to whoever tries again."""
    await says_when_to_come_back(desk, SemanticScholar)


async def test_garbage_is_no_answer(desk: Desk) -> None:
    """A page in place of JSON is a failure of the service."""
    await takes_no_garbage(desk, SemanticScholar)
