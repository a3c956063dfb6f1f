"""Test that no connection goes to an address that was not judged."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Sequence

import httpcore
import pytest
from pytest_httpserver import HTTPServer

from graph.errors import Refused, Unavailable, Unusable
from tests.tools.page.serving import LOOPBACK, RUN, Desk, Names, desk, raw, saying
from tools.documents.parser import Parser
from tools.page.page import Page, PageArguments
from tools.page.pinned_backend import PinnedBackend, resolve

PUBLIC = "93.184.215.14"
TEXT = "HTTP/1.1 200 OK\ncontent-type: text/plain\ncontent-length: 5"


class Network(httpcore.AsyncMockBackend):
    """Note the addresses that are connected to, and connect to none; those in `dead` do not answer."""

    def __init__(self, dead: Sequence[str] = ()) -> None:
        super().__init__([])
        self.dead = dead
        self.connected: list[str] = []

    async def connect_tcp(
        self, host: str, port: int, *_: object, **__: object
    ) -> httpcore.AsyncNetworkStream:
        self.connected.append(f"{host}:{port}")
        if host in self.dead:
            raise httpcore.ConnectError("no route")
        return httpcore.AsyncMockStream([])


def backend(names: Names, network: Network, *private_hosts: str) -> PinnedBackend:
    """Return the real back-end over a network that only takes notes."""
    return PinnedBackend(names, private_hosts, network)


async def test_the_address_that_was_judged_is_the_one_connected_to() -> None:
    """A name that answers with a public address first and a private one later is looked up once."""
    names, network = Names(answers={"rebind.example": [[PUBLIC], [LOOPBACK]]}), Network()
    await backend(names, network).connect_tcp("rebind.example", 443)
    assert network.connected == [f"{PUBLIC}:443"]
    assert names.asked == ["rebind.example"]


@pytest.mark.parametrize(
    "answer",
    [
        [LOOPBACK], [PUBLIC, "10.0.0.1"], ["10.0.0.1", PUBLIC], [PUBLIC, "::1"], ["fe80::1%eth0"],
        ["::ffff:169.254.169.254"], ["64:ff9b::7f00:1"], ["nonsense"],
    ],
)  # fmt: skip
async def test_one_private_address_condemns_the_answer(answer: list[str]) -> None:
    """An answer with a private address in any place and any form is refused, and nothing is connected to."""
    network = Network()
    with pytest.raises(Refused, match=r"mixed\.example"):
        await backend(Names(answers={"mixed.example": [answer]}), network).connect_tcp("mixed.example", 80)
    assert network.connected == []


async def test_a_public_address_of_this_machine_is_refused() -> None:
    """A page of the Internet cannot lead to a service that this machine offers under its own number."""
    own, network = {"93.184.215.15"}, Network()
    names = Names(answers={"self.example": [[PUBLIC, "93.184.215.15"]]})
    pinned = PinnedBackend(names, (), network, own.__contains__)
    with pytest.raises(Refused, match=r"self\.example.*this machine"):
        await pinned.connect_tcp("self.example", 443)
    with pytest.raises(Refused, match="this machine"):
        await pinned.connect_tcp("93.184.215.15", 443)
    assert network.connected == []


async def test_an_operator_opens_this_machine_by_name() -> None:
    """A host on the operator's list may be this machine."""
    network = Network()
    pinned = PinnedBackend(Names(answers={"self.example": [[PUBLIC]]}), ("self.example",), network, bool)
    await pinned.connect_tcp("self.example", 443)
    assert network.connected == [f"{PUBLIC}:443"]


async def test_each_new_connection_is_judged_anew() -> None:
    """The second answer is judged when a second connection is opened, not trusted for the first's sake."""
    names, network = Names(answers={"rebind.example": [[PUBLIC], ["192.168.0.1"]]}), Network()
    pinned = backend(names, network)
    await pinned.connect_tcp("rebind.example", 80)
    with pytest.raises(Refused):
        await pinned.connect_tcp("rebind.example", 80)
    assert network.connected == [f"{PUBLIC}:80"]


async def test_a_literal_is_judged_without_a_look_up() -> None:
    """An address in place of a name is what is judged and connected to."""
    names, network = Names(), Network()
    await backend(names, network).connect_tcp(PUBLIC, 80)
    with pytest.raises(Refused):
        await backend(names, network).connect_tcp("169.254.169.254", 80)
    assert (names.asked, network.connected) == ([], [f"{PUBLIC}:80"])


async def test_an_address_that_does_not_answer_is_followed_by_the_next() -> None:
    """The first address that answers is used, and when none does the last says why."""
    answers = Names(answers={"two.example": [["2606:4700::1", PUBLIC]]})
    network = Network(dead=["2606:4700::1"])
    await backend(answers, network).connect_tcp("two.example", 80)
    assert network.connected == ["2606:4700::1:80", f"{PUBLIC}:80"]
    with pytest.raises(httpcore.ConnectError):
        await backend(answers, Network(dead=["2606:4700::1", PUBLIC])).connect_tcp("two.example", 80)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (socket.gaierror(socket.EAI_NONAME, "no name"), Unusable),
        (socket.gaierror(socket.EAI_NODATA, "no address"), Unusable),
        (socket.gaierror(socket.EAI_AGAIN, "again"), Unavailable),
        (OSError("no network"), Unavailable),
        (None, Unusable),
    ],
)
async def test_a_name_without_an_address_is_named_by_what_to_do(
    error: OSError | None, kind: type[Exception]
) -> None:
    """A name that does not exist is dropped; a look-up that failed may be tried again."""

    async def fail(_host: str, _port: int) -> Sequence[str]:
        if error is None:
            return ()
        raise error

    with pytest.raises(kind, match=r"lost\.example"):
        await PinnedBackend(fail).connect_tcp("lost.example", 80)


async def test_the_machine_looks_names_up_without_repeating_itself() -> None:
    """The default look-up gives each address once."""
    addresses = await resolve("localhost", 80)
    assert set(addresses) <= {LOOPBACK, "::1"}
    assert len(addresses) == len(set(addresses)) > 0


async def test_a_public_name_with_a_private_answer_is_never_asked() -> None:
    """The whole tool, over a server that would answer: a name nobody opened does not reach it."""
    async with raw(saying(TEXT, b"owned")) as port, desk(private_hosts=(f"127.0.0.1:{port}",)) as opened:
        with pytest.raises(Refused, match="not public"):
            await opened.ask("http://rebind.example:8080/")
        with pytest.raises(Refused, match="not one of the web"):
            await opened.ask(f"http://rebind.example:{port}/")


async def test_an_operator_opens_the_answers_of_a_name() -> None:
    """A name on the list may stand for a private address, and only that name."""
    async with raw(saying(TEXT, b"notes")) as port, desk(private_hosts=("wiki.corp",)) as opened:
        result = await opened.ask(f"http://wiki.corp:{port}/")
        assert result.snapshots[0].text.reveal() == "notes"
        with pytest.raises(Refused):
            await opened.ask(f"http://127.0.0.1:{port}/")
        assert opened.names.asked == ["wiki.corp"] * len(opened.names.asked)


async def test_a_proxy_of_the_environment_is_not_used(
    reader: Desk, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proxy would look names up itself, so it is passed by."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    httpserver.expect_request("/a").respond_with_data("Krill swarm.", content_type="text/plain")
    assert (await reader.ask(httpserver.url_for("/a"))).snapshots


async def test_a_server_is_asked_by_the_one_name_it_has() -> None:
    """Whatever way a host is written, the look-up and the Host header have the form that was judged."""
    hosts: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        hosts.append((await reader.readuntil(b"\r\n\r\n")).lower().split(b"host: ")[1].split(b"\r\n")[0])
        writer.write(b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")

    async with raw(serve) as port, desk(private_hosts=("xn--bcher-kva.corp",)) as opened:
        with pytest.raises(Unusable, match="404"):
            await opened.ask(f"http://BÜCHER.corp.:{port}/")
    assert set(hosts) == {f"xn--bcher-kva.corp:{port}".encode()}
    assert set(opened.names.asked) == {"xn--bcher-kva.corp"}


async def test_connections_that_are_kept_belong_to_their_host() -> None:
    """Two names at one address do not share a connection, so no answer is taken for the other's."""
    hosts: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while asked := await reader.readuntil(b"\r\n\r\n"):
            hosts.append(asked.lower().split(b"host: ")[1].split(b":")[0])
            writer.write(b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n")
            await writer.drain()

    parser = Parser()
    page = Page(parser=parser, clock=lambda: 0.0, private_hosts=("a.corp", "b.corp"), resolve=Names())
    async with raw(serve) as port:
        for host in ("a.corp", "b.corp"):
            with pytest.raises(Unusable, match="404"):
                await page.run(PageArguments(url=f"http://{host}:{port}/"), RUN, lambda _: None)
        await page.close()
    assert hosts == [b"a.corp", b"a.corp", b"b.corp", b"b.corp"]
