"""No page costs more than its length: what made parsers slow is taken out first."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.documents.formats import html
from tools.documents.formats.html_bounds import MOST_ATTRIBUTES, few_attributes
from tools.documents.overtime import Overtime
from tools.documents.parser import Parser
from tools.documents.worker import Limits

WORDS = "The words of the page stand here."
CELL = b"<td colspan=100 rowspan=100>a</td>"


@pytest.fixture(scope="module")
def parser() -> Iterator[Parser]:
    """Parse with ten seconds of processor time, however busy the machine is."""
    made = Parser(Limits(processor=10, seconds=300), children=1)
    yield made
    made.close()


def page(body: bytes) -> bytes:
    return b"<html><body>" + body + f"<p>{WORDS}</p></body></html>".encode()


PAGES = {
    "26 KB of a table whose cells say they are wide": page(b"<table>" + b"<tr>" + CELL * 700 + b"</table>"),
    "a row for each wide cell": page(b"<table>" + (b"<tr>" + CELL) * 700 + b"</table>"),
    "1.9 MB of attributes": page(b"<p " + b" ".join(b"a%d=1" % at for at in range(200_000)) + b">x</p>"),
    "attributes behind a quoted end": page(
        b"<p x='>' " + b" ".join(b"a%d='>'" % at for at in range(150_000)) + b">x</p>"
    ),
    "attributes behind an odd comment": page(
        b"<!--><p " + b" ".join(b"a%d" % at for at in range(200_000)) + b">x</p>"
    ),
    "one attribute of 1.8 MB": page(b"<p style='" + b"display " * 230_000 + b"'>x</p>"),
    "deep tables": page(b"<table><tr><td>" * 400 + b"x" + b"</td></tr></table>" * 400),
    "deep lists": page(b"<ul><li>" * 800 + b"x" + b"</li></ul>" * 800),
    "quotes that never close": page(b'<p a="' * 100_000),
    "comments that never close": b"<html><body><p>" + WORDS.encode() + b"</p>" + b"<!--" * 300_000,
}


@pytest.mark.timeout(400)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_that_was_made_to_be_slow_is_read(parser: Parser, name: str) -> None:
    """It is read whole, within the processor time of an ordinary page, and its words are found."""
    read = parser.parse(".html", PAGES[name])
    assert not read.late, read.missing
    assert WORDS in read.text or "never close" in name


@given(
    tags=st.lists(
        st.tuples(
            st.sampled_from([b"p", b"a", b"IMG", b"x-y"]),
            st.lists(
                st.sampled_from([b'a="1 > 2"', b"b='<p'", b"c=d", b"hidden", b"=e", b"f = g"]), max_size=6
            ),
            st.sampled_from([b">", b"/>", b" >"]),
            st.sampled_from([b"", b"words", b"<!-- a > b -->", b"a < b", b"<!--", b'"']),
        ),
        max_size=8,
    )
)
def test_a_page_that_people_write_is_left_as_it_is(
    tags: list[tuple[bytes, list[bytes], bytes, bytes]],
) -> None:
    """Only a tag with hundreds of attributes is touched."""
    written = b"".join(
        b"<" + b" ".join((name, *attributes)) + end + after for name, attributes, end, after in tags
    )
    assert few_attributes(written) == written


HIDDEN = "Words that nobody sees."
HIDING = {
    "behind a flood of attributes": b"<p " + b" ".join(b"a%d" % at for at in range(1_000)) + b" hidden>",
    "by a style behind a flood": b"<p "
    + b" ".join(b"a%d" % at for at in range(1_000))
    + b" STYLE='display:none'>",
    "deeper than anything is nested": b"<div>" * 300 + b"<p hidden>",
    "in a script deeper than anything is nested": b"<div>" * 300 + b"<script>",
    "around what is nested deep": b"<div style='display: none'>" + b"<div>" * 300,
}


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("name", HIDING)
def test_what_is_hidden_stays_hidden(monkeypatch: pytest.MonkeyPatch, name: str, *, late: bool) -> None:
    """Nothing that is taken out of a page brings to light what its readers do not see, in time or late."""

    def over(_: object) -> None:
        raise Overtime

    if late:
        monkeypatch.setattr(html, "_main", over)
    read = html.parse(page(f"<p>{WORDS}</p>".encode() * 3 + HIDING[name] + HIDDEN.encode()))
    assert WORDS in read.text
    assert HIDDEN not in read.text
    assert read.late is late


def test_a_tag_keeps_its_first_attributes() -> None:
    """Of a thousand the first two hundred stay, with what they hide."""
    cut = few_attributes(b"<p hidden " + b" ".join(b"a%d" % at for at in range(1_000)) + b">x</p>")
    assert cut.startswith(b"<p hidden a0 a1")
    assert cut.count(b" ") == MOST_ATTRIBUTES
    assert cut.endswith(b">x</p>")
