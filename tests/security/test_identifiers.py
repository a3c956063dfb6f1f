"""An id that a browser sends is of the form our page makes, and leads nowhere."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from chainlit import config
from chainlit.session import BaseSession
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import Refused
from tests.browser.server import ROOT, ChatServer
from tests.security.conftest import serving
from tests.security.visitor import PATH, Enter, NotLetIn, Visitor, message, opening
from ui.chat.chainlit.session_folder import files_dir
from ui.server.security.identifiers import is_session_id

pytestmark = pytest.mark.timeout(300)

SOME = "0b0e5c9e-5f0c-4c1e-9a55-2b6f0f1f7d11"
HOSTILE_IDS = (
    "",
    ".",
    "..",
    "../..",
    "../../attest",
    "/etc",
    f"../{SOME}",
    f"{SOME}/..",
    f"{SOME}/../..",
    f"{SOME}\n",
    f"{SOME}\x00",
    f" {SOME}",
    SOME.upper(),
    SOME.replace("-", ""),
    f"{{{SOME}}}",
    SOME.replace("4c1e", "1c1e"),
    "a" * 10_000,
    "~",
    "CON",
    "..\\..",
    "%2e%2e",
    None,
    7,
    ["..", ".."],
    {"id": ".."},
)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChatServer]:
    """Serve a home whose every file is counted."""
    yield from serving(tmp_path_factory.mktemp("own"), ("vic",))


def served_folders() -> dict[Path, tuple[int, int]]:
    """Return every file of the folders that a server serves, and of its code, with size and time."""
    spec = find_spec("chainlit")
    assert spec is not None
    assert spec.origin is not None
    dist = Path(spec.origin).parent
    folders = (ROOT / "ui", dist / "frontend", dist / "copilot")
    files = (path for folder in folders for path in folder.rglob("*") if "__pycache__" not in path.parts)
    return {path: (path.stat().st_size, path.stat().st_mtime_ns) for path in files if path.is_file()}


def names(home: Path) -> set[Path]:
    """Return what is in a home, without what SQLite makes beside its file."""
    return {path for path in home.rglob("*") if not path.name.startswith("attest.db")}


async def test_no_session_id_is_a_path(own: ChatServer, enter: Enter) -> None:
    """Sessions with ids that are paths do not open, and nothing is written or deleted on the way."""
    vic = await enter(own, "vic")
    good = await vic.connect()
    before, home = served_folders(), names(own.home / "attest")
    targets = [str(own.home / "attest"), str(ROOT / "ui" / "public"), str(own.home / "attest" / "uploads")]
    for hostile in (*HOSTILE_IDS, *targets):
        with pytest.raises(NotLetIn):
            await vic.connect(opening(sessionId=hostile))
        assert (await polled(vic, opening(sessionId=hostile))).startswith("44")
        await vic.upload(str(hostile), b"# planted\n")
    assert (await polled(vic, opening())).startswith("40")
    await good.ask("clear_session")
    await good.client.disconnect()
    assert served_folders() == before
    assert names(own.home / "attest") == home


async def polled(visitor: Visitor, auth: object) -> str:
    """Open a session without a web socket, as pages do where there is none; return what is answered."""
    query = {"EIO": "4", "transport": "polling"}
    sid = json.loads((await visitor.http.get(f"{PATH}/", params=query)).text[1:])["sid"]
    query["sid"] = sid
    await visitor.http.post(f"{PATH}/", params=query, content=f"40{json.dumps(auth)}")
    answered = await visitor.http.get(f"{PATH}/", params=query)
    await visitor.http.post(f"{PATH}/", params=query, content="1")
    return answered.text


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("clientType", ("copilot", "slack", "teams", "discord", "", None, "web\napp", 1)),
        ("threadId", ("..", "../..", "x", SOME.upper(), f"{SOME}\n", 5, ["a"])),
        ("chatProfile", ("nobody's", "../x", "Standard", ["quick"], 3)),
        ("userEnv", ('{"OPENAI_API_KEY": "x"}', "[", {"a": 1}, "null")),
    ],
)
async def test_what_a_page_says_of_itself_is_what_ours_says(
    server: ChatServer, enter: Enter, name: str, values: tuple[object, ...]
) -> None:
    """The rest of the handshake is checked like the id of the session."""
    ann = await enter(server)
    for value in values:
        assert not await ann.is_let_in(opening(**{name: value})), value
    assert await ann.is_let_in(opening(chatProfile="quick", threadId=SOME))


async def test_a_handshake_that_is_none_is_refused(server: ChatServer, enter: Enter) -> None:
    """Something else in its place, or nothing, opens nothing."""
    ann = await enter(server)
    for auth in ({}, {"sessionId": SOME}, {"auth": opening()}):
        assert not await ann.is_let_in(auth), auth


async def test_an_open_socket_opens_no_second_session(server: ChatServer, enter: Enter) -> None:
    """An event named like the handshake reaches no handler: it could bring an environment of its own."""
    ann = await enter(server)
    socket = await ann.connect()
    planted = {"HTTP_COOKIE": ann.cookie, "asgi.scope": {"state": {"account": {"name": "ada"}}}}
    for auth in (opening(), opening(sessionId="../..")):
        assert "refused" in await socket.ask("connect", planted, auth)
    assert "refused" in await socket.ask("disconnect")
    assert await socket.ask("stop") is None


async def test_the_session_of_somebody_else_is_as_unknown_as_none(server: ChatServer, enter: Enter) -> None:
    """Bob takes up, presses, uploads, reads and rates nothing in a session of ann's."""
    ann, bob = await enter(server, "ann"), await enter(server, "bob")
    hers = await ann.connect()
    sent = await ann.upload(hers.session, b"# of ann\n")
    assert sent.status_code == 200, sent.text
    file = sent.json()["id"]
    assert not await bob.is_let_in(opening(sessionId=hers.session))
    action = {"action": {"name": "operate", "payload": {}}, "sessionId": hers.session}
    rating = {"feedback": {"forId": SOME, "value": 1}, "sessionId": hers.session}
    for session in (hers.session, str(uuid.uuid4())):
        replies = [
            await bob.upload(session, b"# of bob\n"),
            await bob.http.get(f"/project/file/{file}", params={"session_id": session}),
            await bob.http.post("/project/action", json={**action, "sessionId": session}),
            await bob.http.put("/feedback", json={**rating, "sessionId": session}),
        ]
        assert {reply.status_code for reply in replies} == {404}
        assert {reply.json()["detail"] for reply in replies} == {
            "there is no such session of yours: reload the page"
        }
    kept = await ann.http.get(f"/project/file/{file}", params={"session_id": hers.session})
    assert kept.text == "# of ann\n"
    assert "sandbox" in kept.headers["content-security-policy"]


async def test_what_is_of_another_is_never_a_failure(server: ChatServer, enter: Enter) -> None:
    """Threads, elements, files and ratings of ann's are a 4xx to bob, and so are those that never were."""
    ann, bob = await enter(server, "ann"), await enter(server, "bob")
    hers, his = await ann.connect(), await bob.connect()
    await hers.ask("connection_successful")
    said = message("/nothing of the kind")
    await hers.client.emit("client_message", said)
    thread = (await hers.until("first_interaction"))["thread_id"]
    for each in (thread, SOME):
        replies = [
            await bob.http.get(f"/project/thread/{each}"),
            await bob.http.get(f"/project/thread/{each}/element/{SOME}"),
            await bob.http.get(f"/files/elements/{each}/{SOME}"),
            await bob.http.put("/project/thread", json={"threadId": each, "name": "mine"}),
            await bob.http.request("DELETE", "/project/thread", json={"threadId": each}),
            await bob.http.put(
                "/feedback",
                json={"feedback": {"forId": said["message"]["id"], "value": 1}, "sessionId": his.session},
            ),
        ]
        assert all(400 <= reply.status_code < 500 for reply in replies), [r.status_code for r in replies]
        assert all("\n" not in reply.json()["detail"] for reply in replies)
    assert not await bob.is_let_in(opening(threadId=thread))
    assert (await ann.http.get(f"/project/thread/{thread}")).json()["id"] == thread


@given(st.text() | st.from_regex(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\s?", fullmatch=True))
def test_an_id_of_a_session_is_a_random_uuid_as_the_page_writes_it(text: str) -> None:
    """Whatever is taken is what uuid4 gives, letter by letter."""
    taken = is_session_id(text)
    try:
        assert taken == (str(uuid.UUID(text, version=4)) == text)
    except ValueError:
        assert not taken


@given(st.text(max_size=80) | st.sampled_from([each for each in HOSTILE_IDS if isinstance(each, str)]))
def test_the_folder_of_a_session_lies_right_below_that_of_the_process(text: str) -> None:
    """Chainlit asks here before it writes or deletes: it gets a folder inside, or none."""
    session: Any = SimpleNamespace(id=text)
    with pytest.raises(Refused):
        files_dir(session)
    session.id = str(uuid.uuid4())
    assert files_dir(session).parent == config.FILES_DIRECTORY


def test_a_folder_that_is_a_link_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a link in the place of a folder leads to is neither written nor deleted."""
    monkeypatch.setattr(config, "FILES_DIRECTORY", tmp_path)
    session: Any = SimpleNamespace(id=SOME)
    (tmp_path / SOME).symlink_to(tmp_path)
    with pytest.raises(Refused):
        files_dir(session)
    assert isinstance(vars(BaseSession)["files_dir"], property)
