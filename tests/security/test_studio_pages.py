"""Studio's server in a real browser: a page of another origin, a rebound name, and the Studio page."""

from __future__ import annotations

import json
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import sync_playwright
from pytest_httpserver import HTTPServer

from tests.browser.conftest import FLAGS, chromium
from tests.fakes.studio import PAGE, Studio, studio

RUN = {
    "assistant_id": "attest",
    "input": {"question": "When does a half-open circuit breaker close again?"},
}

# What a page tries: to read, to start a run by a request that needs no leave, by one that does, to answer.
ATTACKS = """
async ([url, run]) => {
  const tried = [];
  const one = async (path, options) => {
    try {
      const answer = await fetch(url + path, options);
      tried.push([path, answer.type, answer.status, (await answer.text()).slice(0, 200)]);
    } catch (error) { tried.push([path, "failed", 0, String(error)]); }
  };
  const post = (kind, mode) => ({method: "POST", body: run, mode, headers: {"Content-Type": kind}});
  await one("/info", {});
  await one("/threads/search", post("application/json", "cors"));
  await one("/runs/wait", post("application/json", "cors"));
  await one("/runs/wait", post("text/plain", "no-cors"));
  await one("/runs/wait", post("text/plain", "cors"));
  await one("/threads", {...post("text/plain", "no-cors"), body: "{}"});
  await one("/deploy", {method: "POST", mode: "no-cors"});
  await one("/threads", {method: "DELETE"});
  await one("/runs/wait", {...post("application/json", "cors"), credentials: "include"});
  return tried;
}
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with studio(tmp_path_factory.mktemp("studio")) as started:
        yield started


def test_a_page_of_another_origin_reads_nothing_and_starts_nothing(
    server: Studio, httpserver: HTTPServer
) -> None:
    """In a real browser each request of a strange page fails or is blind, and no run comes of it."""
    httpserver.expect_request("/").respond_with_data("<h1>a page</h1>", content_type="text/html")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=[*FLAGS])
        page = browser.new_page()
        page.goto(httpserver.url_for("/"))
        tried = page.evaluate(ATTACKS, [server.url, json.dumps(RUN)])
        browser.close()
    assert len(tried) == 9
    assert {kind for _, kind, _, _ in tried} <= {"failed", "opaque"}, tried
    threads = httpx.post(f"{server.base}/threads/search", json={})
    assert threads.json() == []


def test_the_studio_page_works_with_the_address_it_is_given(server: Studio) -> None:
    """In a real browser a page of Studio's origin asks, below that address alone, and reads what it gets."""
    ask = """
    async ([base, run]) => {
      const headers = {"Content-Type": "application/json", "x-auth-scheme": "langsmith"};
      const found = await fetch(base + "/assistants/search", {method: "POST", headers, body: "{}"});
      const info = await fetch(base + "/info");
      const done = await fetch(base + "/runs/wait", {method: "POST", headers, body: run});
      return [(await found.json())[0].graph_id, info.status, (await done.json()).report.status];
    }
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=[*FLAGS])
        context = browser.new_context()
        context.grant_permissions(["local-network-access"])  # Chromium asks a person whether it may
        page = context.new_page()
        page.route(
            f"{PAGE}/**", lambda route: route.fulfill(body="<h1>Studio</h1>", content_type="text/html")
        )
        page.goto(f"{PAGE}/studio/?baseUrl={server.base}")
        answered = page.evaluate(ask, [server.base, json.dumps(RUN)])
        browser.close()
    assert answered == ["attest", 200, "answered"]


def test_a_rebound_name_is_refused(server: Studio) -> None:
    """A page whose own name was made to lead here is of the same origin to its browser, and turned away."""
    port = server.url.rpartition(":")[2]
    with sync_playwright() as playwright:
        rules = "--host-resolver-rules=MAP rebound.example 127.0.0.1"
        browser = playwright.chromium.launch(executable_path=chromium(), args=[*FLAGS, rules])
        page = browser.new_page()
        answers = [
            page.goto(f"http://rebound.example:{port}{path}")
            for path in ("/ok", "/info", f"/{server.token}/info")
        ]
        assert [answer.status for answer in answers if answer] == [400, 400, 400]
        browser.close()
