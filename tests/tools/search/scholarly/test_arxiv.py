from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import Unavailable, Unusable
from tests.tools.search.asking import Desk, shown
from tests.tools.search.papers_faults import ANY, bomb, says_when_to_come_back, takes_no_garbage
from tools.net.query_keywords import keywords
from tools.search.scholarly.arxiv import Arxiv

PATH = "/api/query"
ENTRY = """<entry>
    <id>http://arxiv.org/abs/2401.01234v2</id>
    <title>Failure detectors for
  half-open connections</title>
    <updated>2024-03-01T10:00:00Z</updated>
    <link href="https://arxiv.org/abs/2401.01234v2" rel="alternate" type="text/html"/>
    <summary>  We study probes &lt; 5 ms.
A probe decides.
    </summary>
    <category term="cs.DC" scheme="http://arxiv.org/schemas/atom"/>
    <published>2024-01-03T18:59:59Z</published>
    <arxiv:comment xmlns:arxiv="http://arxiv.org/schemas/atom">12 pages</arxiv:comment>
    <author><name>A. Author</name></author>
  </entry>"""


def feed(*entries: str) -> str:
    """Return a reply as the service writes it."""
    return f"""<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/abc</id>
  <title>arXiv Query: search_query=all:probe&amp;id_list=&amp;start=0&amp;max_results=5</title>
  <updated>2026-05-01T00:00:00Z</updated>
  <opensearch:totalResults>{len(entries)}</opensearch:totalResults>
  {"".join(entries)}
</feed>"""


async def test_the_abstract_of_a_preprint_is_a_source(desk: Desk) -> None:
    """Wrapped lines are joined, the address is that of the version found, the date that of its first."""
    desk.server.expect_request(PATH).respond_with_data(feed(ENTRY), content_type="application/atom+xml")
    assert shown(await desk.ask(Arxiv)) == [
        (
            "Failure detectors for half-open connections",
            "https://arxiv.org/abs/2401.01234v2",
            "We study probes < 5 ms. A probe decides.",
            "2024-01-03",
        )
    ]


async def test_a_feed_without_entries_is_an_empty_result(desk: Desk) -> None:
    """The title of the feed itself is not taken for a preprint."""
    desk.server.expect_request(PATH).respond_with_data(feed())
    assert (await desk.ask(Arxiv)).passages == ()


async def test_a_question_is_words_and_no_operators(desk: Desk) -> None:
    """Field names, quotes, brackets, wildcards and boolean words of a question are not obeyed."""
    desk.server.expect_request(PATH).respond_with_data(feed())
    await desk.ask(Arxiv, 'au:"Half-open" ANDNOT (cat:cs.* OR breaker)', limit=7)
    asked = desk.server.log[0][0].args
    assert asked["search_query"] == "all:au OR all:Half OR all:open OR all:cat OR all:cs OR all:breaker"
    assert asked["max_results"] == "7"


async def test_a_question_without_words_is_not_asked(desk: Desk) -> None:
    """Signs alone would be a query the service cannot read."""
    with pytest.raises(Unusable, match="words"):
        await desk.ask(Arxiv, "?? AND ((")
    assert desk.server.log == []


async def test_an_entry_that_is_an_error_is_no_source(desk: Desk) -> None:
    """The service answers 200 with one entry named Error, whose words are not evidence."""
    error = """<entry><id>https://arxiv.org/api/errors#incorrect_id_format_for_x</id><title>Error</title>
        <summary>incorrect id format for x</summary></entry>"""
    desk.server.expect_request(PATH).respond_with_data(feed(error))
    with pytest.raises(Unusable, match="did not take"):
        await desk.ask(Arxiv)


async def test_a_full_service_says_when_to_come_back(desk: Desk) -> None:
    """It answers 503 with Retry-After when asked too often."""
    desk.server.expect_request(PATH).respond_with_data("", status=503, headers={"retry-after": "30"})
    with pytest.raises(Unavailable) as full:
        await desk.ask(Arxiv)
    assert full.value.retry_after == 30.0


async def test_a_busy_service_says_when_to_come_back(desk: Desk) -> None:
    """The wait it asks for is carried to whoever tries again."""
    await says_when_to_come_back(desk, Arxiv)


async def test_garbage_is_no_answer(desk: Desk) -> None:
    """A page that is no XML is a failure of the service."""
    await takes_no_garbage(desk, Arxiv)


@pytest.mark.parametrize("body", [bomb("feed"), bomb("feed").replace("<?xml version", "<?xml  version")])
async def test_a_reply_that_declares_entities_is_refused(desk: Desk, body: str) -> None:
    """A document that would grow to ten megabytes is not read at all."""
    desk.server.expect_request(ANY).respond_with_data(body)
    with pytest.raises(Unavailable, match="entities"):
        await desk.ask(Arxiv)


async def test_another_encoding_hides_no_entities(desk: Desk) -> None:
    """A whole feed in UTF-16, where the declaration cannot be seen in the bytes, is no XML to the reader."""
    xml, rest = feed(ENTRY).split("\n", 1)
    body = f'{xml.replace("UTF-8", "UTF-16")}<!DOCTYPE feed [<!ENTITY x "ha">]>\n{rest}'.encode("utf-16")
    desk.server.expect_request(ANY).respond_with_data(body)
    with pytest.raises(Unavailable, match="no XML"):
        await desk.ask(Arxiv)


async def test_a_well_formed_page_of_another_kind_is_no_answer(desk: Desk) -> None:
    """XHTML of a proxy parses and has no entries; it must not pass for "nothing found"."""
    desk.server.expect_request(ANY).respond_with_data("<html><body>sign in</body></html>")
    with pytest.raises(Unavailable, match="shape"):
        await desk.ask(Arxiv)


def test_keywords_are_the_words_that_carry_the_topic() -> None:
    """Stop words go unless there are no others, acronyms stay, quotes around a word are no part of it."""
    assert keywords("What did the WHO say of 'half-open' BERT\N{RIGHT SINGLE QUOTATION MARK}s") == [
        "WHO",
        "say",
        "half",
        "open",
        "BERT's",
    ]
    assert keywords("to be or not to be") == ["to", "be", "to", "be"]
    assert keywords("हिन्दी भाषा") == ["हिन्दी", "भाषा"]


@given(st.text(max_size=600))
def test_keywords_hold_no_syntax(query: str) -> None:
    """Whatever is asked, only letters, marks, digits and inner apostrophes are left, and no operator."""
    try:
        words = keywords(query, 60)
    except Unusable:
        return
    assert 0 < len(" ".join(words)) <= 60
    assert not {word.upper() for word in words} & {"AND", "OR", "NOT", "ANDNOT"}
    assert not set("".join(words)) & set('":()[]{}*?~^!+-/\\<>=&|,;_')
