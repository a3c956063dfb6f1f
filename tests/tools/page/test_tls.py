"""Test pages over TLS and HTTP/2, from a server with a certificate of its own."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import RequestReceived

from graph.errors import Unusable
from tests.tools.page.serving import Names, raw
from tools.page.connections import Connections

HOST = "pages.corp"


def contexts(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Return what a server for HOST and a client that trusts it need."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(
        issuer_name=name,
        subject_name=name,
        public_key=key.public_key(),
        serial_number=1,
        not_valid_before=now - timedelta(hours=1),
        not_valid_after=now + timedelta(hours=1),
    ).add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
    certificate = made.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)
    pem = folder / "server.pem"
    pem.write_bytes(certificate + key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(pem)
    server.set_alpn_protocols(["h2"])
    return server, ssl.create_default_context(cadata=certificate.decode())


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer every request of one HTTP/2 connection with the host it was made to."""
    connection = H2Connection(H2Configuration(client_side=False))
    connection.initiate_connection()
    writer.write(connection.data_to_send())
    while data := await reader.read(65_536):
        for event in connection.receive_data(data):
            if isinstance(event, RequestReceived):
                asked = dict(event.headers)[b":authority"]
                connection.send_headers(event.stream_id, [(":status", "200"), ("content-type", "text/plain")])
                connection.send_data(event.stream_id, asked, end_stream=True)
        writer.write(connection.data_to_send())


@asynccontextmanager
async def connected(folder: Path, *, trusted: bool = True) -> AsyncIterator[tuple[Connections, Names, int]]:
    """Open connections to a server for HOST, whatever host is asked for."""
    server, client = contexts(folder)
    names = Names()
    connections = Connections(
        look_up=names, private_hosts=(HOST, "other.corp"), tls=client if trusted else None
    )
    async with raw(serve, server) as port:
        yield connections, names, port
        await connections.close()


async def test_http2_is_spoken_over_a_pinned_connection(tmp_path: Path) -> None:
    """Two pages share one connection and one look-up, and the server is asked by its name."""
    async with connected(tmp_path) as (connections, names, port):
        for path in ("a", "b"):
            async with connections.ask(f"https://{HOST}:{port}/{path}") as answer:
                assert answer.stream.extensions["http_version"] == b"HTTP/2"
                assert b"".join([piece async for piece in answer.pieces()]) == f"{HOST}:{port}".encode()
    assert names.asked == [HOST]


async def test_the_certificate_must_be_for_the_name(tmp_path: Path) -> None:
    """Connecting to an address does not loosen TLS: the certificate is checked against the host."""
    async with connected(tmp_path) as (connections, _, port):
        with pytest.raises(Unusable, match=r"certificate of other\.corp"):
            async with connections.ask(f"https://other.corp:{port}/"):
                pass


async def test_a_certificate_nobody_vouches_for_is_not_trusted(tmp_path: Path) -> None:
    """Without an authority that signed it a certificate is worth nothing."""
    async with connected(tmp_path, trusted=False) as (connections, _, port):
        with pytest.raises(Unusable, match="cannot be trusted"):
            async with connections.ask(f"https://{HOST}:{port}/"):
                pass
