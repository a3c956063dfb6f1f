"""Give tests a browser and servers; a page that asks another host fails its test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

from tests.browser.server import PASSWORD, ChatServer
from tests.browser.web import HeldWeb, held_web
from tests.needed import missing

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 30_000
DESKTOP = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 844}

PEOPLE = {"ann": "analyst", "bob": "analyst", "ada": "admin"}

Visit = Callable[..., Page]


@pytest.fixture
def browser() -> Iterator[Browser]:
    """Start Chromium for one test: while Playwright is open, no other test of the process can have a loop.

    It is closed as a whole: closing the profiles one by one waits now and then for ever.
    """
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=[*FLAGS])
        yield started
        started.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChatServer]:
    """Serve the chat to two people and an administrator, on the embedded default."""
    yield from _serving(tmp_path_factory.mktemp("server"))


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[ChatServer]:
    """Serve the chat to one test alone, which may kill it."""
    yield from _serving(tmp_path)


@pytest.fixture
def held_server(tmp_path: Path) -> Iterator[tuple[ChatServer, HeldWeb]]:
    """Serve a chat whose runs look on the web too, where no search is answered before it is let go."""
    with held_web() as web:
        serves = ChatServer(home=tmp_path, more=web.settings)
        serves.account("ann")
        serves.start()
        yield serves, web
        serves.stop()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Open the chat as a person, in a browser profile of their own; nothing may be asked of other hosts.

    `besides` is the address of the one other host whose page the test means to be sent to.
    """
    outside: list[str] = []

    def opened(server: ChatServer, name: str | None = "ann", besides: str = "", **look: Any) -> Page:  # noqa: ANN401  # as Playwright
        context = browser.new_context(**{"viewport": DESKTOP, "accept_downloads": True, **look})
        context.set_default_timeout(PATIENCE_MS)
        context.on("request", lambda request: _noted(request, {server.url, besides}, outside))
        page = context.new_page()
        page.goto(server.url)
        if name is not None:
            log_in(page, name)
        return page

    yield opened
    assert outside == []


def chromium() -> str:
    """Return where Chromium is; what needs it fails in CI where it is not."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    return found or missing("Chromium", "install it, on Debian with apt-get install chromium")


def _serving(home: Path) -> Iterator[ChatServer]:
    serves = ChatServer(home=home)
    for name, role in PEOPLE.items():
        serves.account(name, role)
    serves.start()
    yield serves
    serves.stop()


def log_in(page: Page, name: str, password: str = PASSWORD) -> None:
    """Fill in the form and wait until the chat is connected: its settings come by the socket."""
    page.fill("input[name=email]", name)
    page.fill("input[name=password]", password)
    page.click("button[type=submit]")
    page.wait_for_selector("#chat-settings-header-button, #chat-settings-open-modal")


def _noted(request: Request, inside: set[str], outside: list[str]) -> None:
    parts = urlsplit(request.url)
    hosts = {urlsplit(url).netloc for url in inside}
    if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc not in hosts:
        outside.append(request.url)
