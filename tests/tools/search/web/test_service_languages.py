"""What each service is told of the language that was chosen."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from graph.errors import Refused
from guards.language_code import is_language
from tests.tools.search.asking import Desk
from tools.call_pipeline.pending_call import call_key
from tools.net.endpoint import Endpoint
from tools.search.web import service_languages
from tools.search.web.brave import Brave
from tools.search.web.duckduckgo import DuckDuckGo
from tools.search.web.searxng import SearXNG
from tools.search.web.tavily import Tavily
from tools.search.web.wikipedia import Wikipedia
from tools.search_results import SearchArguments

ARTICLE = {
    "title": "Leistungsschalter",
    "index": 1,
    "extract": "Der Leistungsschalter trennt.",
    "fullurl": "https://de.wikipedia.org/wiki/Leistungsschalter",
    "pagelanguagehtmlcode": "de",
}
NOTHING = '<div class="result--no-result">No results.</div>'
EDITIONS = "/{language}"


@pytest.mark.parametrize(
    ("chosen", "edition"),
    [("", "en"), ("de", "de"), ("nb", "no"), ("ceb", "ceb"), ("xx", "en"), ("deu", "en")],
)
async def test_wikipedia_is_asked_in_its_edition(desk: Desk, chosen: str, edition: str) -> None:
    """The edition of the language is asked, that in English where none is chosen or it has none."""
    reply = {"batchcomplete": True, "query": {"pages": [ARTICLE]}}
    desk.server.expect_request(f"/{edition}/w/api.php").respond_with_json(reply)
    result = await desk.ask(Wikipedia, language=chosen, under=EDITIONS)
    assert [each.source.language for each in result.snapshots] == ["de"]
    assert [asked.path for asked, _ in desk.server.log] == [f"/{edition}/w/api.php"]


async def test_a_wiki_at_one_place_stays_there(desk: Desk) -> None:
    """An operator's address without a place for the language is asked as it is."""
    desk.server.expect_request("/w/api.php").respond_with_json({"batchcomplete": True})
    await desk.ask(Wikipedia, language="de")
    assert [asked.path for asked, _ in desk.server.log] == ["/w/api.php"]


@pytest.mark.parametrize(
    ("chosen", "told"), [("", {}), ("de", {"language": "de"}), ("xx", {"language": "xx"})]
)
async def test_searxng_is_told_the_code(desk: Desk, chosen: str, told: dict[str, str]) -> None:
    """An instance takes any code, and is told none where none is chosen."""
    desk.server.expect_request("/search").respond_with_json({"results": []})
    await desk.ask(SearXNG, language=chosen)
    asked = dict(desk.server.log[0][0].args)
    assert asked == {"q": "half-open breaker", "format": "json", "pageno": "1", **told}


@pytest.mark.parametrize(
    ("chosen", "told"),
    [("", None), ("de", "de"), ("ja", "jp"), ("zh", "zh-hans"), ("pt", "pt-pt"), ("no", "nb"), ("xx", None)],
)
async def test_brave_is_told_its_own_code(desk: Desk, chosen: str, told: str | None) -> None:
    """Brave has names of its own for some languages, and refuses a search in one it does not know."""
    desk.server.expect_request("/res/v1/web/search").respond_with_json({"type": "search"})
    await desk.ask(Brave, language=chosen, key="k")
    assert desk.server.log[0][0].args.get("search_lang") == told


@pytest.mark.parametrize(
    ("chosen", "region"),
    [("", "us-en"), ("de", "de-de"), ("ja", "jp-jp"), ("uk", "ua-uk"), ("sw", "us-en"), ("xx", "us-en")],
)
async def test_duckduckgo_is_told_a_region(desk: Desk, chosen: str, region: str) -> None:
    """It knows regions, not languages; without one for a language it is asked as if none was chosen."""
    desk.server.expect_request("/html/", method="POST").respond_with_data(NOTHING)
    await desk.ask(DuckDuckGo, language=chosen)
    assert desk.server.log[0][0].form["l"] == region


async def test_a_service_without_languages_is_told_none(desk: Desk) -> None:
    """Tavily has no such choice: what it is sent is the same."""
    desk.server.expect_request("/search").respond_with_json({"results": []})
    await desk.ask(Tavily, key="k")
    await desk.ask(Tavily, key="k", language="de")
    first, second = (asked.json for asked, _ in desk.server.log)
    assert first == second


@pytest.mark.parametrize(
    "code", ["de-DE", "evil.example/", "DE", "a", "abcd", "de\n", "{language}", "\u0430\u0431"]
)
def test_what_is_no_code_reaches_no_service(code: str) -> None:
    """An argument that a plan was given by hand is read by the same rule as the option."""
    with pytest.raises(ValidationError):
        SearchArguments(query="q", language=code)


@given(st.text(max_size=30) | st.from_regex("[a-z]{1,4}", fullmatch=True))
def test_no_code_leads_to_another_host(code: str) -> None:
    """Whatever stands for the language is a label below the host of the address, or is refused."""
    where = Endpoint(name="A", url="https://{language}.wiki.example.org")
    if is_language(code):
        assert where.in_language(code).url == f"https://{code}.wiki.example.org"
    else:
        with pytest.raises(Refused, match="such as de"):
            where.in_language(code)


@pytest.mark.parametrize(
    "known", [service_languages.BRAVE, service_languages.DUCKDUCKGO, service_languages.WIKIPEDIA]
)
def test_what_a_service_knows_can_be_chosen(known: Mapping[str, str]) -> None:
    """Each language in a table has the form of a code, and the editions stand in addresses themselves."""
    assert all(map(is_language, known))
    assert all(map(is_language, service_languages.WIKIPEDIA.values()))


def test_without_a_language_a_call_keeps_its_key() -> None:
    """What was journalled or cached before there was a choice is found again: nothing is paid twice."""
    plain = SearchArguments(query="q", limit=3)
    assert plain.model_dump(mode="json") == {"query": "q", "limit": 3}
    in_german = SearchArguments(query="q", limit=3, language="de")
    assert in_german.model_dump(mode="json") == {"query": "q", "limit": 3, "language": "de"}
    assert call_key(Brave.spec, plain) != call_key(Brave.spec, in_german)
