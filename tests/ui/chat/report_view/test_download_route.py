"""A download is made for a person who may read the run, as a file with a name, and for nobody else."""

from __future__ import annotations

import zipfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path

import chainlit as cl
import httpx
import pytest
from chainlit.auth import reuseable_oauth
from fastapi import FastAPI

from graph.config.settings import Settings
from tests.fakes.app import settings
from tests.fakes.chainlit_home import token_of
from tests.fakes.chat_context import chat_of
from tests.fakes.people import seated
from tests.ui.chat.report_view.reading_app import ANN, BOB, ROOT, ReadingApp, known, owned
from tests.ui.report import examples
from ui.chat.report_view.chat_downloads import FORMATS
from ui.chat.report_view.download_route import DownloadRoute
from ui.report.report_markdown import report_markdown
from ui.server.server_context import serving

RUN = examples.report()["run_id"]
BEGINNINGS = {"markdown": b"# Which plant", "html": b"<!doctype html>", "pdf": b"%PDF-", "json": b"PK"}


@pytest.fixture
def user() -> list[cl.User | None]:
    """Hold who is logged in; Ann at first."""
    return [seated(ANN)]


@pytest.fixture
async def client(tmp_path: Path, user: list[cl.User | None]) -> AsyncIterator[httpx.AsyncClient]:
    """Serve the downloads of an application that has Ann's run."""

    @asynccontextmanager
    async def opened(_: Settings) -> AsyncIterator[ReadingApp]:
        yield ReadingApp(rows=[owned(examples.report())])

    async with serving(settings(tmp_path), opened) as server:
        with known(tmp_path) as there:
            app = FastAPI()
            app.include_router(DownloadRoute(chat_of(server, there.sessions)).router())
            app.dependency_overrides[reuseable_oauth] = lambda: token_of(user[0])
            transport = httpx.ASGITransport(app)
            async with httpx.AsyncClient(transport=transport, base_url="http://attest") as client:
                yield client


@pytest.mark.parametrize("kind", FORMATS)
async def test_each_form_is_a_named_file(client: httpx.AsyncClient, kind: str) -> None:
    """It is sent to be saved, under the name of the run, and never to be run or kept by a proxy."""
    answer = await client.get(f"/reading/{RUN}/{kind}")
    assert answer.status_code == 200
    assert answer.content.lower().startswith(BEGINNINGS[kind].lower())
    assert answer.headers["content-type"] == FORMATS[kind].media
    assert (
        answer.headers["content-disposition"] == f'attachment; filename="attest-{RUN}.{FORMATS[kind].ending}"'
    )
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-security-policy"].startswith("sandbox")


async def test_the_markdown_is_the_published_page(client: httpx.AsyncClient) -> None:
    """What is downloaded is what the command line writes."""
    assert (await client.get(f"/reading/{RUN}/markdown")).text == report_markdown(examples.report())


async def test_the_archive_brings_the_sources(client: httpx.AsyncClient) -> None:
    """The record comes with the texts it rests on, so that it can be verified elsewhere."""
    answer = await client.get(f"/reading/{RUN}/json")
    names = zipfile.ZipFile(BytesIO(answer.content)).namelist()
    assert "report.json" in names
    assert len([name for name in names if name.startswith("sources/")]) == 2


@pytest.mark.parametrize("stranger", [None, seated(BOB)])
async def test_a_stranger_finds_nothing(
    client: httpx.AsyncClient, user: list[cl.User | None], stranger: cl.User | None
) -> None:
    """A run of somebody else answers as one that does not exist."""
    user[0] = stranger
    theirs = await client.get(f"/reading/{RUN}/json")
    nobodys = await client.get("/reading/no-such-run/json")
    assert theirs.status_code == nobodys.status_code == 404
    assert theirs.text.replace(RUN, "") == nobodys.text.replace("no-such-run", "")


async def test_an_admin_may_download_what_the_policy_lets_an_admin_read(
    client: httpx.AsyncClient, user: list[cl.User | None]
) -> None:
    """The same policy decides as for every other request."""
    user[0] = seated(ROOT)
    assert (await client.get(f"/reading/{RUN}/markdown")).status_code == 200


async def test_a_form_that_does_not_exist_is_not_found(client: httpx.AsyncClient) -> None:
    """The answer names the forms there are."""
    answer = await client.get(f"/reading/{RUN}/docx")
    assert answer.status_code == 404
    assert "markdown, html, pdf, json" in answer.text
