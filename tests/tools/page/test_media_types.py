"""Test how the kind and the encoding of a reply are told."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pytest_httpserver import HTTPServer

from graph.errors import Unusable
from tests.tools.documents.office_samples import SAMPLES
from tests.tools.documents.old_office import compound
from tests.tools.documents.samples import docx, pdf
from tests.tools.page.serving import Desk
from tests.tools.page.test_page import ARTICLE
from tools.documents.formats.table import FORMATS, parse
from tools.page.media_types import document, media_type


@pytest.mark.parametrize("said", ["application/pdf", "application/octet-stream", "text/html", None])
async def test_a_pdf_is_known_by_its_bytes(reader: Desk, httpserver: HTTPServer, said: str | None) -> None:
    """Whatever the server calls it, a PDF is read as one."""
    body = pdf("Krill swarm in cold seas.", title="Krill")
    httpserver.expect_request("/a").respond_with_data(body, content_type=said)
    result = await reader.ask(httpserver.url_for("/a"))
    assert "Krill swarm in cold seas." in result.snapshots[0].text.reveal()
    assert result.snapshots[0].source.title.reveal() == "Krill"


async def test_a_word_document_is_read(reader: Desk, httpserver: HTTPServer) -> None:
    """DOCX is known by its bytes where the server does not say what it sends."""
    httpserver.expect_request("/a").respond_with_data(
        docx("Krill swarm in cold seas."), content_type="application/octet-stream"
    )
    result = await reader.ask(httpserver.url_for("/a"))
    assert "Krill swarm in cold seas." in result.snapshots[0].text.reveal()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            "<html><body><p>海は青い。魚が泳ぐ。</p></body></html>".encode("shift_jis"),
            "text/html; charset=Shift_JIS",
        ),
        ("海は青い。魚が泳ぐ。".encode("euc_jp"), 'text/plain; charset="EUC-JP"'),
        ("<html><body><p>海は青い。魚が泳ぐ。</p></body></html>".encode(), "text/html; charset=iso-8859-1"),
        ("<html><body><p>海は青い。魚が泳ぐ。</p></body></html>".encode(), "text/html; charset=nonsense"),
        ("\ufeff<html><body><p>海は青い。魚が泳ぐ。</p></body></html>".encode("utf-16-le"), "text/html"),
        (
            b'<html><head><meta charset="shift_jis"></head><body><p>'
            + "海は青い。魚が泳ぐ。".encode("shift_jis")
            + b"</p></body></html>",
            "text/html",
        ),
    ],
)
async def test_characters_are_read_in_the_encoding_they_have(
    reader: Desk, httpserver: HTTPServer, body: bytes, said: str
) -> None:
    """The header's encoding counts, clean UTF-8 and a byte order mark come before it, then the page's own."""
    httpserver.expect_request("/a").respond_with_data(body, content_type=said)
    result = await reader.ask(httpserver.url_for("/a"))
    assert result.snapshots[0].text.reveal().replace("\n", "") == "海は青い。魚が泳ぐ。"


async def test_the_encoding_of_the_page_counts_where_the_header_has_none(
    reader: Desk, httpserver: HTTPServer
) -> None:
    """Bytes that only windows-1252 gives a meaning are read by what the page says of itself."""
    body = '<html><head><meta charset="windows-1252"></head><body><p>“Café” costs 3 €</p></body></html>'
    httpserver.expect_request("/a").respond_with_data(body.encode("cp1252"), content_type="text/html")
    result = await reader.ask(httpserver.url_for("/a"))
    assert result.snapshots[0].text.reveal() == "“Café” costs 3 €"


@pytest.mark.parametrize("charset", ["idna", "punycode", "unicode_escape", "utf-7", "hex", "undefined"])
async def test_a_codec_that_is_no_encoding_of_the_web_is_not_used(
    reader: Desk, httpserver: HTTPServer, charset: str
) -> None:
    """What only Python calls an encoding neither fails nor slows the tool; the bytes speak for themselves."""
    body = "Café au lait, déjà vu, garçon. ".encode("cp1252")
    httpserver.expect_request("/a").respond_with_data(body, content_type=f"text/plain; charset={charset}")
    result = await reader.ask(httpserver.url_for("/a"))
    assert result.snapshots[0].text.reveal() == "Café au lait, déjà vu, garçon."


@given(st.text(max_size=80), st.binary(max_size=200))
@example("text/plain; charset*=utf-8''%ff", b"\xff")
@example("text/html; charset=\x00", b"\xff")
def test_any_reply_has_a_kind_or_is_dropped(header: str, body: bytes) -> None:
    """No header and no body make telling what they are fail in another way."""
    for said in (media_type(header), media_type(f"text/plain; charset={header}"), media_type("")):
        with suppress(Unusable):
            suffix, data = document(said, body)
            assert suffix in FORMATS
            assert data == body or data.decode()


OFFICE = [".docx", ".xlsx", ".pptx", ".odt", ".epub", ".rtf", ".zip"]


@pytest.mark.parametrize("suffix", OFFICE)
@pytest.mark.parametrize("said", ["application/octet-stream", "application/zip", ""])
def test_a_packed_document_is_known_by_its_parts(suffix: str, said: str) -> None:
    """Whatever a server calls an office document, the names of its parts tell what it is."""
    assert document(media_type(said), SAMPLES[suffix])[0] == suffix


@pytest.mark.parametrize("suffix", sorted(set(SAMPLES) - {".pdf", *OFFICE}))
async def test_every_format_of_files_is_read_from_the_web(
    reader: Desk, httpserver: HTTPServer, suffix: str
) -> None:
    """A format that files have is one that pages have, by the type its server sends."""
    said = FORMATS[suffix].types[0]
    httpserver.expect_request("/a").respond_with_data(SAMPLES[suffix], content_type=said)
    result = await reader.ask(httpserver.url_for("/a"))
    assert result.snapshots[0].text.reveal() == parse(suffix, SAMPLES[suffix]).text


def test_an_old_workbook_is_told_from_a_mail_that_is_packed_alike() -> None:
    """Both are compound files, and the names of their streams differ."""
    unsaid = media_type("application/octet-stream")
    assert document(unsaid, SAMPLES[".xls"])[0] == ".xlsx"
    assert document(unsaid, SAMPLES[".msg"])[0] == ".eml"
    with pytest.raises(Unusable, match="binary"):
        document(unsaid, compound({"Else": b"x"}))


@pytest.mark.parametrize(
    ("name", "said", "suffix"),
    [
        ("/r/main/README.md", "text/plain", ".md"),
        ("/data/fees.CSV", "application/octet-stream", ".csv"),
        ("/a.rst", "text/html", ".html"),
        ("/view.html", "text/plain", ".txt"),
        ("/a.exe", "text/plain", ".txt"),
    ],
)
def test_a_name_says_what_a_server_does_not(name: str, said: str, suffix: str) -> None:
    """Servers of source code send every text as plain text; what is shown as its source stays that."""
    assert document(media_type(said), b"a,b\n1,2\n", name)[0] == suffix


async def test_a_page_around_a_promised_pdf_is_read_as_a_page(reader: Desk, httpserver: HTTPServer) -> None:
    """A server that says PDF and sends HTML is believed by its bytes."""
    httpserver.expect_request("/a").respond_with_data(ARTICLE, content_type="application/pdf")
    result = await reader.ask(httpserver.url_for("/a"))
    assert "<p>" not in result.snapshots[0].text.reveal()
