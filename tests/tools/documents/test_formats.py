from __future__ import annotations

import pytest

from graph.errors import Unusable
from tools.documents.formats.table import parse

MARKDOWN = b"""---
title: "Heron: durable work"
date: 2026-03-10
tags: [a, b]
---
# Another heading

Heron keeps **every** step.

* one
* two
"""


def test_markdown_is_kept_as_written() -> None:
    """Front matter gives title and date and leaves the text; a list has one form, what is in a line stays."""
    parsed = parse(".md", MARKDOWN)
    assert (parsed.title, parsed.published) == ("Heron: durable work", "2026-03-10")
    assert parsed.text == "# Another heading\n\nHeron keeps **every** step.\n\n- one\n- two"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("intro\n\n## The heading ##\n", "The heading"),
        ("```\n# a comment\n```\n# Real\n", "Real"),
        ("Underlined\n==========\ntext", "Underlined"),
        ("no heading at all", None),
        ("--- not front matter\n# T", "T"),
        ("---\nnever: closed\n# T", "T"),
    ],
)
def test_markdown_titles(text: str, title: str | None) -> None:
    """The first heading outside code is the title when no front matter names one."""
    assert parse(".md", text.encode()).title == title


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Set ``a`b <!-- c -->`` now", "Set ``a`b <!-- c -->`` now"),
        ("Set ```a` b <!-- c --> d` now", "Set ```a` b <!-- c --> d` now"),
        ("Set ``a <!-- b --> c` now", "Set ``a  c` now"),
        ("Set a<!-- b -->, d<!-- e --> now", "Set a, d now"),
        ("Set a <!-- b now", "Set a <!-- b now"),
    ],
)
def test_code_and_comments_end_where_they_say(written: str, kept: str) -> None:
    """Code stands between equal runs of backticks; a comment that never ends hides nothing."""
    assert parse(".md", written.encode()).text == kept


def test_plain_text_keeps_its_lines() -> None:
    """A text file is stored line by line; a line that stands alone at its top is its title."""
    parsed = parse(".txt", b"THE PRINTER\r\n\r\nDate: 3 May 2021\r\nMost jobs\r\nfail.")
    assert (parsed.title, parsed.published) == ("THE PRINTER", "2021-05-03")
    assert parsed.text == "THE PRINTER\n\nDate: 3 May 2021\nMost jobs\nfail."
    assert parse(".txt", b"running text\nover lines").title is None


def test_csv_rows_can_be_quoted_alone() -> None:
    """Each row is one line that names its columns, whatever the delimiter, and odd rows keep their values."""
    data = b'name;limit;note\nTern;200;"a; b"\nHeron;;"two\nlines"\nodd;1;2;3\n\n;;\n'
    assert parse(".csv", data).text.split("\n") == [
        "name: Tern; limit: 200; note: a; b",
        "name: Heron; limit:; note: two lines",
        "name: odd; limit: 1; note: 2; column 4: 3",
    ]
    assert parse(".tsv", b"a\tb\n1\t2").text == "a: 1; b: 2"


def test_csv_without_header_or_rows() -> None:
    """Numbers are not taken for the names of columns, and a lone header is still text."""
    assert (
        parse(".csv", b"2024-01-01,5\n2024-01-02,6").text.split("\n")[0]
        == "column 1: 2024-01-01; column 2: 5"
    )
    assert parse(".csv", b"a,b").text == "column 1: a; column 2: b"


def test_csv_with_an_open_quote_is_read_line_by_line() -> None:
    """A quote that never closes does not swallow or refuse the file."""
    for rows in (100, 60_000):
        data = b'name,size\n"open,1\n' + b"x,2\n" * rows
        assert parse(".csv", data).text.count("name: x; size: 2") == rows


PAGE = """<!DOCTYPE html><html><head><title>Site | Tern</title>
<meta property="article:published_time" content="2025-09-22T08:00:00Z"><style>.x{}</style></head><body>
<nav><a href="/">Home</a> <a href="/a">About</a></nav><main><article><h1>Rate limits with Tern</h1>
<!-- SECRET1 -->
<p>A rate limit protects a shared service from any one of its users.<span hidden>SECRET2</span></p>

<p style="color:red; display : NONE">SECRET3</p><div aria-hidden="true"><p>SECRET4</p></div>
<p style="visibility:hidden">SECRET5</p><p style="font-size:0px">SECRET6</p><p style="opacity:0">SECRET7</p>
<template>SECRET8</template><noscript>SECRET9</noscript><script>SECRET10</script>
<ul><li>The first rule is fairness.</li><li>The second rule is patience.</li></ul>
<table><tr><th>Name</th><th>Limit</th></tr><tr><td>Tern</td><td>200 per minute</td></tr></table>
<p style="opacity:0.9;font-size:0.9em">Most services need all three kinds of limits at once.</p>
</article></main><footer>Imprint</footer></body></html>"""


def test_html_gives_what_a_person_sees() -> None:
    """The main text, its lists and tables stay; navigation and everything hidden are not in the text."""
    parsed = parse(".html", PAGE.encode())
    assert (parsed.title, parsed.published) == ("Rate limits with Tern", "2025-09-22")
    assert "SECRET" not in parsed.text
    assert "About" not in parsed.text
    for words in (
        "from any one of its users.",
        "- The first rule is fairness.",
        "Name: Tern; Limit: 200 per minute",
    ):
        assert words in parsed.text
    assert "Most services need all three kinds of limits at once." in parsed.text
    assert "users.\n\n- The first" in parsed.text


def test_html_without_a_main_part_is_read_whole() -> None:
    """A bare page still gives its visible words, block by block."""
    page = b"<title>x</title><body><div>one<div>two  words&#2;</div></div><br>three</body>"
    assert parse(".html", page).text.split() == ["one", "two", "words", "three"]


LINKED = '<script type="application/ld+json">{"datePublished": "%s"}</script>'


@pytest.mark.parametrize(
    ("head", "day"),
    [
        (LINKED % "2024-02-01T00:00", "2024-02-01"),
        (LINKED % "2024-02-01" + LINKED % "2020-01-01", None),
        ('<meta name="date" content="1 May 2020">', "2020-05-01"),
        ("<time datetime='2019-01-01'>x</time>", None),
        ("<time pubdate datetime='2019-01-01'>x</time>", "2019-01-01"),
        ("<p>Copyright 2017. Written on 2018-05-05.</p>", None),
    ],
)
def test_html_dates_are_those_of_the_page(head: str, day: str | None) -> None:
    """Only what declares the page's own publication counts, not any date on it."""
    page = f"<html><body>{head}<p>Some words that make up the page, and then some more.</p></body></html>"
    assert parse(".html", page.encode()).published == day


def test_html_encoding_is_the_declared_one() -> None:
    """A page that is not UTF-8 is read as it says it is written."""
    page = '<?xml version="1.0" encoding="koi8-r"?><html><body><p>цена вопроса</p></body></html>'
    assert "цена вопроса" in parse(".html", page.encode("koi8-r")).text


def test_html_loads_nothing_from_outside() -> None:
    """An external entity in a page is not resolved."""
    kinds = b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    page = kinds + b"<html><body><p>before &x; after</p></body></html>"
    assert "root:" not in parse(".html", page).text


LONG = (
    "Cormorant delivers each job at least once. A job that has been accepted is on the disks of two nodes "
    "before the sender gets its confirmation, so the loss of one machine loses no jobs at all in this set-up."
)


@pytest.mark.parametrize("suffix", [".pdf", ".docx"])
@pytest.mark.parametrize(
    "data", [b"", b"no such thing", b"PK\x03\x04 broken", b"%PDF-1.4\ngarbage", b"\xd0\xcf\x11\xe0"]
)
def test_strangers_are_refused_in_plain_words(suffix: str, data: bytes) -> None:
    """Bytes of another kind are said to be damaged or of another kind, with nothing of their content."""
    with pytest.raises(Unusable, match=r"^it (is damaged or no|has no text)"):
        parse(suffix, data)
