from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from urllib.parse import quote

import pytest
from werkzeug import Request, Response

from graph.errors import Misconfigured, Unavailable, Unusable
from tests.tools.net.asking import place, saying
from tests.tools.search.asking import RUN, Desk, shown
from tests.tools.search.web_failing import BROKEN, failing
from tools.net.http_client import HttpClient
from tools.search.web.duckduckgo import DuckDuckGo
from tools.search_results import SearchArguments

CHALLENGE = """<!DOCTYPE html><html><body>
<form id="challenge-form" action="//duckduckgo.com/anomaly.js?sv=html" method="POST">
<div class="anomaly-modal__title">Unfortunately, bots use DuckDuckGo too.</div></form></body></html>"""
NOTHING = """<!DOCTYPE html><html><body><div id="links" class="results"><div class="result results_links
result--no-result"><div class="no-results">No results.</div></div></div></body></html>"""


def wrapped(url: str) -> str:
    """Return a link that leads over the engine, as it stands in a page."""
    return f"//duckduckgo.com/l/?uddg={quote(url, safe='')}&amp;rut=274da557"


def hit(
    link: str, title: str = "Half-open <b>breakers</b>", snippet: str = "It lets one call through."
) -> str:
    """Return one result as it stands in a page."""
    return f"""<div class="result results_links results_links_deep web-result ">
      <div class="links_main links_deep result__body">
        <h2 class="result__title"><a rel="nofollow" class="result__a" href="{link}">{title}</a></h2>
        <div class="result__extras"><div class="result__extras__url"><span class="result__icon"></span>
          <a class="result__url" href="{link}"> example.org </a></div></div>
        <a class="result__snippet" href="{link}">{snippet}</a>
        <div class="clear"></div>
      </div>
    </div>"""


def page(*hits: str) -> str:
    """Return a page of results."""
    return f"""<!DOCTYPE html><html><head><title>half-open breaker at DuckDuckGo</title></head>
    <body class="body--html"><form id="search_form" action="/html/" method="post">
    <input class="search__input" name="q" value="half-open breaker"></form>
    <div class="serp__results"><div id="links" class="results">{"".join(hits)}
    <div class="nav-link"><form action="/html/" method="post"><input type="submit" value="Next"></form></div>
    </div></div></body></html>"""


async def test_pages_come_back_as_sources(desk: Desk) -> None:
    """A hit's snippet is its text, its marks are gone, and the link leads to the page itself."""
    url = "https://example.org/a?x=1&y=a%20b#part"
    shown_page = page(hit(wrapped(url), snippet="It <b>isn&#x27;t</b> closed &amp; isn&#x27;t open."))
    desk.server.expect_request("/html/", method="POST").respond_with_data(shown_page)
    result = await desk.ask(DuckDuckGo)
    assert shown(result) == [("Half-open breakers", url, "It isn't closed & isn't open.", None)]
    assert result.cost == 0
    assert desk.server.log[0][0].form["q"] == "half-open breaker"


async def test_a_page_without_a_snippet_is_found_by_its_title(desk: Desk) -> None:
    """Some results show no more than a title and a link."""
    bare = (
        hit(wrapped("https://example.org/a")).replace("result__snippet", "none").split('<a class="none"')[0]
    )
    desk.server.expect_request("/html/").respond_with_data(page(bare + "</div></div>"))
    assert shown(await desk.ask(DuckDuckGo)) == [
        ("Half-open breakers", "https://example.org/a", "Half-open breakers", None)
    ]


@pytest.mark.parametrize(
    "url",
    [
        "https://en.wikipedia.org/wiki/C%2B%2B",
        "https://example.org/a?next=https%3A%2F%2Fexample.com%2F%3Fb%3D1&rut=2",
        "https://example.org/100%25",
    ],
)
@pytest.mark.parametrize("wrap", [True, False], ids=["wrapped", "direct"])
async def test_an_address_comes_out_as_the_page_has_it(desk: Desk, url: str, *, wrap: bool) -> None:
    """Escapes within an address are part of it, whether it is wrapped or stands alone."""
    link = wrapped(url) if wrap else url.replace("&", "&amp;")
    desk.server.expect_request("/html/").respond_with_data(page(hit(link)))
    (found,) = (await desk.ask(DuckDuckGo)).snapshots
    assert found.source.location == url


async def test_advertisements_and_bad_links_are_left_out(desk: Desk) -> None:
    """What leads to a buyer, to a script or nowhere is no source; what follows it stays."""
    advertisement = "https://duckduckgo.com/y.js?ad_domain=example.com"
    links = [
        advertisement,
        wrapped(advertisement),
        "javascript:alert(1)",
        wrapped("javascript:alert(1)"),
        "/relative",
        "//duckduckgo.com/l/?rut=1",
        "http://[::1",
        "",
    ]
    hits = [hit(link, snippet=f"bad {n}") for n, link in enumerate(links)]
    desk.server.expect_request("/html/").respond_with_data(
        page(*hits, hit(wrapped("https://example.org/good")))
    )
    result = await desk.ask(DuckDuckGo, limit=20)
    assert [source.source.location for source in result.snapshots] == ["https://example.org/good"]


async def test_no_more_comes_back_than_is_wanted_and_one_page_is_asked_for(desk: Desk) -> None:
    """A second page within a second looks like a robot, and is answered with a challenge."""
    hits = [hit(wrapped(f"https://example.org/{n}"), snippet=f"page {n}") for n in range(10)]
    desk.server.expect_request("/html/").respond_with_data(page(*hits))
    assert len((await desk.ask(DuckDuckGo, limit=3)).snapshots) == 3
    assert len((await desk.ask(DuckDuckGo, limit=50)).snapshots) == 10
    assert len(desk.server.log) == 2


async def test_nothing_found_is_an_empty_result(desk: Desk) -> None:
    """The page says so in its own way."""
    desk.server.expect_request("/html/").respond_with_data(NOTHING)
    assert (await desk.ask(DuckDuckGo)).snapshots == ()


@pytest.mark.parametrize("status", [200, 202])
async def test_a_challenge_is_not_an_empty_result(desk: Desk, status: int) -> None:
    """A page that wants to see a person says nothing about the question."""
    error = await failing(desk, DuckDuckGo, status, body=CHALLENGE)
    assert isinstance(error, Unavailable)
    assert "challenge" in str(error)


@pytest.mark.parametrize(
    "body",
    [
        "",
        " ",
        "<html>maintenance</html>",
        "{}",
        '<?xml version="1.0" encoding="utf-8"?><p class="result__a"/>',
        "\0",
    ],
)
async def test_garbage_is_no_answer(desk: Desk, body: str) -> None:
    """A page without results that does not say so is a failure of the service."""
    assert isinstance(await failing(desk, DuckDuckGo, 200, body=body), Unavailable)


@pytest.mark.parametrize(("status", "headers", "wait"), BROKEN)
async def test_a_service_in_trouble_is_unavailable(
    desk: Desk, status: int, headers: dict[str, str], wait: float | None
) -> None:
    """The wait it asks for is carried to whoever tries again."""
    error = await failing(desk, DuckDuckGo, status, headers)
    assert isinstance(error, Unavailable)
    assert error.retry_after == wait


async def test_a_refusal_is_named_by_the_next_move(desk: Desk) -> None:
    """A block may pass, and a question it does not take is dropped."""
    assert type(await failing(desk, DuckDuckGo, 403)) is Unavailable
    desk.server.clear()
    assert type(await failing(desk, DuckDuckGo, 400)) is Unusable


async def test_a_redirect_is_not_followed(desk: Desk) -> None:
    """Where the service moves to is for the operator to say."""
    error = await failing(desk, DuckDuckGo, 302, {"location": desk.server.url_for("/elsewhere")})
    assert isinstance(error, Misconfigured)
    assert len(desk.server.log) == 1


@pytest.mark.parametrize("query", ["!g half-open breaker", "half-open breaker g!", "\\half-open breaker"])
async def test_a_query_does_not_choose_who_answers(desk: Desk, query: str) -> None:
    """A bang would send the question to another site."""
    desk.server.expect_request("/html/").respond_with_data(NOTHING)
    await desk.ask(DuckDuckGo, query)
    sent = desk.server.log[0][0].form["q"]
    assert "!" not in sent
    assert "\\" not in sent
    assert "half-open breaker" in sent


async def test_a_long_query_is_cut_between_words(desk: Desk) -> None:
    """The service refuses queries of 500 characters."""
    desk.server.expect_request("/html/").respond_with_data(NOTHING)
    await desk.ask(DuckDuckGo, "breaker " * 200)
    sent = desk.server.log[0][0].form["q"]
    assert len(sent) < 500
    assert set(sent.split()) == {"breaker"}


async def test_the_librarys_own_settings_are_not_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its variable for a proxy, which nobody set for this program, sends no question elsewhere."""
    monkeypatch.setenv("DDGS_PROXY", "http://127.0.0.1:1")
    desk.server.expect_request("/html/").respond_with_data(page(hit(wrapped("https://example.org/"))))
    assert len((await desk.ask(DuckDuckGo)).snapshots) == 1


async def asked(url: str) -> None:
    """Ask whatever is at an address."""
    tool = DuckDuckGo(HttpClient(clock=lambda: 0.0), place(url), clock=lambda: 0.0)
    await tool.run(SearchArguments(query="breaker"), RUN, lambda _: None)


async def test_a_line_that_breaks_is_unavailable() -> None:
    """Nobody there, and an answer that ends too early, may both be well later."""
    with pytest.raises(Unavailable, match="cannot be reached"):
        await asked("http://127.0.0.1:1")
    async with saying(b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n<html>", then_reset=True) as url:
        with pytest.raises(Unavailable, match="broke off"):
            await asked(url)


@pytest.mark.parametrize("url", ["nonsense", "http://[::1", "ftp://127.0.0.1", ""])
async def test_what_is_no_address_is_the_operators_to_mend(url: str) -> None:
    """The message names the setting."""
    with pytest.raises(Misconfigured, match="ATTEST_SERVICE_URL"):
        await asked(url)


async def test_others_go_on_while_it_is_asked(desk: Desk) -> None:
    """The library blocks, so it runs beside the event loop and not in it."""
    arrived, answer = threading.Event(), threading.Event()

    def held(_: Request) -> Response:
        arrived.set()
        answer.wait()
        return Response(NOTHING)

    desk.server.expect_request("/html/").respond_with_handler(held)
    asking = asyncio.create_task(desk.ask(DuckDuckGo))
    await asyncio.to_thread(arrived.wait)  # the loop turns while the library waits for its answer
    assert not asking.done()
    answer.set()
    assert (await asking).snapshots == ()


def test_the_library_is_loaded_when_it_is_needed() -> None:
    """A program that searches elsewhere does not pay for it."""
    code = "import sys, tools.search.web.duckduckgo; sys.exit(not {'ddgs', 'primp'}.isdisjoint(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
