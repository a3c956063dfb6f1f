from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from evals.bench.minimal_roles import FirstLineReader
from graph.app import open_app
from graph.config.settings import Settings
from graph.errors import Refused
from graph.events import CallFinished, Event, Planned, Waiting
from graph.options import Approve, Mode, Options, Role
from graph.records import Outcome
from graph.run.application import Application
from graph.state import Ask
from tests.fakes.app import events, report

QUESTION = "When does a half-open circuit breaker close again?"
PAGE = """<html><head><title>The half-open state</title></head><body><article><h1>The half-open state</h1>
<p>A half-open circuit breaker closes again once three probe calls in a row have succeeded. Until then it lets
one call through at a time and refuses all others at once, so that a service that has just come back is not
buried by those who waited for it.</p><p>A probe that fails opens the breaker once more, and its pause begins
from the start, a little longer than it was before.</p></article></body></html>"""


def environment(home: Path, server: HTTPServer) -> dict[str, str]:
    here = server.url_for("").rstrip("/")
    names = (
        "WIKIPEDIA",
        "DUCKDUCKGO",
        "SEARXNG",
        "OPENALEX",
        "SEMANTICSCHOLAR",
        "CROSSREF",
        "ARXIV",
        "PUBMED",
    )
    urls = {f"ATTEST_{name}_URL": f"{here}/{name.lower()}" for name in (*names, "GITHUB", "HACKERNEWS")}
    return {"ATTEST_HOME": str(home), "ATTEST_PRIVATE_HOSTS": "127.0.0.1,localhost", **urls}


@pytest.fixture
def served(httpserver: HTTPServer) -> HTTPServer:
    """Play a search engine that knows one page, and the page."""
    address = httpserver.url_for("/half-open.html")
    hit = {"url": address, "title": "The half-open state", "content": "When a breaker closes.", "engine": "x"}
    httpserver.expect_request("/searxng/search").respond_with_json({"results": [hit]})
    httpserver.expect_request("/half-open.html").respond_with_data(PAGE, content_type="text/html")
    httpserver.expect_request("/robots.txt").respond_with_data("User-agent: *\nAllow: /")
    return httpserver


async def asked(app: Application, *sources: str, **options: Any) -> tuple[dict[str, Any], list[Event]]:  # noqa: ANN401  # the knobs of a run
    knobs = Options(mode=Mode.QUICK, sources=sources, **options)
    announced = await events(app.run(QUESTION, knobs, run_id="r1"))
    return report(announced), announced


def crossings(home: Path) -> list[list[Any]]:
    with closing(sqlite3.connect(home / "attest.db")) as connection:
        rows = connection.execute("SELECT detail FROM audit WHERE kind = 'crossings'").fetchall()
    return [crossed for (detail,) in rows for crossed in json.loads(detail)["crossed"]]


async def test_a_search_leads_to_a_page_that_is_cited(tmp_path: Path, served: HTTPServer) -> None:
    """A search fails over to an engine that answers; the page it found is read and cited, its link logged."""
    settings = Settings.from_environment(environment(tmp_path, served))
    async with open_app(settings) as app:
        made, announced = await asked(app, "web")
    page = served.url_for("/half-open.html")
    assert page in {source["location"] for source in made["sources"]}
    assert "three probe calls in a row" in made["answer"]
    ended = {e.task: (e.tool, e.outcome) for e in announced if isinstance(e, CallFinished)}
    assert ended["b1.w1.p1"] == ("page", Outcome.DONE)
    assert ("link", page) in {(name, page) for name, *_ in crossings(tmp_path) if name == "link"}
    assert {u["kind"] for u in made["unknowns"]} >= {"unavailable"}
    assert made["status"] == "answered"


async def test_the_reach_of_a_run_is_what_it_was_given(tmp_path: Path, served: HTTPServer) -> None:
    """A run over documents alone asks no service; a source nobody has is refused with those there are."""
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "a.md").write_text("A half-open circuit breaker closes again after three probes.")
    settings = Settings.from_environment(environment(tmp_path / "home", served))
    async with open_app(settings) as app:
        made, _ = await asked(app, "documents", docs=(str(documents),))
        knobs = Options(sources=("altavista",))
        with pytest.raises(Refused, match=r"'altavista' here: name some of .*searxng"):
            await events(app.run(QUESTION, knobs, run_id="r2"))
        asked_by_studio = await app.graph.ainvoke(
            Ask(question=QUESTION, options={"sources": ["altavista"]}), {"configurable": {"thread_id": "r3"}}
        )
    assert made["status"] == "answered"
    assert served.log == []
    assert asked_by_studio["report"]["status"] == "refused"


async def test_words_of_private_documents_stay_here(tmp_path: Path, served: HTTPServer) -> None:
    """A name found in a person's own document is looked for in the documents and sent to nobody."""
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "a.md").write_text("A half-open breaker closes again, see Osprey for when.\n")
    (documents / "b.md").write_text("Osprey closes a breaker after nine probes.\n")
    settings = Settings.from_environment(environment(tmp_path / "home", served))
    async with open_app(settings, lambda made: replace(made, reader=FirstLineReader())) as app:
        knobs = Options(sources=("documents", "searxng"), docs=(str(documents),))
        announced = await events(app.run(QUESTION, knobs, run_id="r1"))
    followed = [e for e in announced if isinstance(e, Planned)][1:]
    assert any("Osprey" in question for planned in followed for question in planned.questions)
    assert served.log != []
    assert not any("Osprey" in str(request.url) for request, _ in served.log)


async def test_a_private_question_goes_to_no_service_without_a_yes(
    tmp_path: Path, served: HTTPServer
) -> None:
    """A run whose question holds words of documents asks no service by itself, and says so."""
    settings = Settings.from_environment(environment(tmp_path, served))
    async with open_app(settings) as app:
        made, _ = await asked(app, "web", private=True)
    assert served.log == []
    assert made["status"] == "no source reached"
    assert any(u["kind"] == "call_denied" and "private documents" in u["detail"] for u in made["unknowns"])


async def test_a_private_question_goes_out_once_its_plan_is_approved(
    tmp_path: Path, served: HTTPServer
) -> None:
    """The yes of a person to the plan lets the words leave."""
    settings = Settings.from_environment(environment(tmp_path, served))
    async with open_app(settings) as app:
        knobs = Options(mode=Mode.QUICK, sources=("searxng",), private=True, approve=Approve.ASK)
        *_, waiting = await events(app.run(QUESTION, knobs, run_id="r1"))
        assert isinstance(waiting, Waiting)
        plan: Any = waiting.question["plan"]
        assert all(task["private"] for branch in plan["branches"] for task in branch["tasks"])
        assert served.log == []
        made = report(await events(app.resume("r1", {"decision": "approve"})))
    assert "three probe calls in a row" in str(made["answer"])


async def test_a_viewer_reaches_no_further_than_the_documents(tmp_path: Path, served: HTTPServer) -> None:
    """The policy denies what the plan asks for, and the report says so."""
    settings = Settings.from_environment(environment(tmp_path, served) | {"ATTEST_ROLE": "viewer"})
    async with open_app(settings) as app:
        made, _ = await asked(app, "web", role=Role.VIEWER)
        higher = report(await events(app.run(QUESTION, Options(role=Role.ANALYST), run_id="r2")))
    assert made["status"] == "no source reached"
    assert any(u["kind"] == "call_denied" and "analyst" in u["detail"] for u in made["unknowns"])
    assert served.log == []
    assert higher["status"] == "refused"


async def test_the_language_of_a_run_reaches_the_service(tmp_path: Path, served: HTTPServer) -> None:
    """What a run names is what is searched in; a run that names none has the operator's."""
    settings = Settings.from_environment(environment(tmp_path, served) | {"ATTEST_LANGUAGE": "fr"})
    async with open_app(settings) as app:
        made, _ = await asked(app, "searxng", language="de")
        await app.graph.ainvoke(
            Ask(question=QUESTION, options={"sources": ["searxng"], "mode": "quick"}),
            {"configurable": {"thread_id": "r2"}},
        )
        refused = await app.graph.ainvoke(
            Ask(question=QUESTION, options={"sources": ["searxng"], "language": "de-DE"}),
            {"configurable": {"thread_id": "r3"}},
        )
    assert made["status"] == "answered"
    asked_in = [request.args["language"] for request, _ in served.log if request.path == "/searxng/search"]
    assert list(dict.fromkeys(asked_in)) == ["de", "fr"]
    assert refused["report"]["status"] == "refused"
