from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from graph.errors import Misconfigured
from graph.records import source_id
from tools.search_results import (
    LONGEST_TITLE,
    FoundItem,
    SearchArguments,
    is_web_address,
    search_arguments,
    sources_of,
)

NOW = 1_792_000_000.0
URL = "https://example.org/a"
TEXTS = st.text(max_size=300) | st.text(alphabet="ab .\n#\u200b\u202e\u0301", max_size=3000)
URLS = st.sampled_from(
    [URL, "http://example.org/ü?q=1#f", "javascript:alert(1)", "/relative", "//host/x", ""]
)
ITEMS = st.lists(
    st.builds(
        FoundItem, title=TEXTS, url=URLS | st.text(max_size=40), text=TEXTS, published=st.none() | TEXTS
    ),
    max_size=8,
)


@given(query=st.text(max_size=60), items=ITEMS)
def test_every_passage_lies_in_a_text_that_is_stored(query: str, items: list[FoundItem]) -> None:
    """Spans are within their snapshot, apart, and hold words; a snapshot is named by its own bytes."""
    result = sources_of(query, items, NOW)
    texts = {snapshot.source.id: snapshot.text.reveal() for snapshot in result.snapshots}
    assert len(texts) == len(result.snapshots) <= len(items)
    assert {passage.span.source for passage in result.passages} == set(texts)
    assert all(source_id(text) == name for name, text in texts.items())
    ends = dict.fromkeys(texts, 0)
    for passage in result.passages:
        span = passage.span
        assert ends[span.source] <= span.start < span.end <= len(texts[span.source])
        assert texts[span.source][span.start : span.end].strip()
        assert 0 < passage.score <= 1
        ends[span.source] = span.end


@given(items=ITEMS)
def test_what_is_kept_can_be_cited(items: list[FoundItem]) -> None:
    """Each source has words, an address of the web, a title on one line and a date or none."""
    for snapshot in sources_of("q", items, NOW).snapshots:
        source, title = snapshot.source, snapshot.source.title.reveal()
        assert is_web_address(source.location)
        assert snapshot.text.reveal().strip()
        assert 0 < len(title) <= max(LONGEST_TITLE, len(source.location))
        assert "\n" not in title
        assert not any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in title)
        assert source.published is None or source.published.isascii()
        assert source.retrieved_at == "2026-10-14T17:46:40+00:00"


@given(
    url=st.text(max_size=60) | st.sampled_from(["http://[::1", "https://", "http://\u2100/", "https:///x"])
)
@example(url="https://example.org/a b")
@example(url="https://example.org/\u202egpj.exe")
def test_an_address_of_the_web_is_whole_and_seen(url: str) -> None:
    """Whatever a service calls an address, what passes is http or https, in one piece, nothing hidden."""
    if is_web_address(url):
        assert url.lower().startswith(("http://", "https://"))
        assert url.isprintable()
        assert " " not in url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://example.org/a",
        "//example.org/a",
        "/a",
        "example.org/a",
        "https://",
        "https:///a",
        "http://[::1",
        "https://example.org/" + "a" * 2000,
    ],
)
def test_what_is_no_address_of_the_web_is_left_out(url: str) -> None:
    """Other schemes, pieces of an address and floods do not become sources."""
    result = sources_of(
        "q", [FoundItem(title="t", url=url, text="words"), FoundItem(title="t", url=URL, text="kept")], NOW
    )
    assert [snapshot.source.location for snapshot in result.snapshots] == [URL]


def test_an_item_without_words_is_left_out_and_one_with_a_title_alone_kept() -> None:
    """A title is words; blanks and invisible signs are none."""
    items = [FoundItem(title=" ", url=URL, text="\u200b \n"), FoundItem(title="A title", url=URL, text="")]
    assert [s.text.reveal() for s in sources_of("q", items, NOW).snapshots] == ["A title"]
    assert sources_of("q", items, NOW).detail == "1 source"


def test_the_same_words_under_two_addresses_are_one_source() -> None:
    """A text is stored once, under the better place."""
    items = [FoundItem(title="t", url=f"{URL}/{n}", text="the same words") for n in (1, 2)]
    result = sources_of("q", items, NOW)
    assert [snapshot.source.location for snapshot in result.snapshots] == [f"{URL}/1"]
    assert len(result.passages) == 1


def test_words_asked_for_outweigh_a_better_place() -> None:
    """A passage with all terms of the query scores above the first of the list with none of them."""
    texts = ("nothing of the kind", "a half-open breaker lets one probe through")
    items = [FoundItem(title="t", url=f"{URL}/{n}", text=text) for n, text in enumerate(texts)]
    first, second = sources_of("half-open breaker probe", items, NOW).passages
    assert second.score > first.score


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-03-02", "2026-03-02"),
        ("2026-03-02T08:15:00Z", "2026-03-02"),
        ("2026-03-02 08:15:00+00:00", "2026-03-02"),
        ("2026/03/02", "2026-03-02"),
        ("2 March 2026", "2026-03-02"),
        ("March 2, 2026", "2026-03-02"),
        ("Mon, 02 Mar 2026 08:15:00 GMT", "2026-03-02"),
        ("Monday, March 2, 2026", "2026-03-02"),
        ("2026-03", "2026-03"),
        ("2026", "2026"),
        ("2026-13", None),
        ("2026-02-30", None),
        ("1\u0662\u0663\u0664", None),
        ("3 days ago", None),
        ("", None),
        (None, None),
    ],
)
def test_a_date_is_kept_as_far_as_it_is_known(written: str | None, day: str | None) -> None:
    """Dates come in the forms services write; what is no date is none, and nothing is made up."""
    (kept,) = sources_of("q", [FoundItem(title="t", url=URL, text="words", published=written)], NOW).snapshots
    assert kept.source.published == day


@pytest.mark.parametrize("values", [{"query": " "}, {"query": "a" * 2001}, {"query": "a", "limit": 51}, {}])
def test_a_search_is_bounded(values: dict[str, object]) -> None:
    """No empty query, no flood, no more than fifty sources."""
    with pytest.raises(ValidationError):
        SearchArguments.model_validate(values)


def test_a_search_takes_the_arguments_of_a_search() -> None:
    """A tool that is wired to another's arguments says so."""

    class Other(BaseModel):
        pass

    asked = SearchArguments(query=" a ")
    assert search_arguments(asked).query == "a"
    with pytest.raises(Misconfigured, match="Other"):
        search_arguments(Other())
