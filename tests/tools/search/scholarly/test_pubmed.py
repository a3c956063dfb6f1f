from __future__ import annotations

from typing import Any

import pytest

from graph.errors import Misconfigured, Unavailable
from tests.tools.search.asking import Desk, shown
from tests.tools.search.papers_faults import bomb, says_when_to_come_back, takes_no_garbage
from tools.search.scholarly.pubmed import PubMed

SEARCH = "/entrez/eutils/esearch.fcgi"
FETCH = "/entrez/eutils/efetch.fcgi"
DATE = "<PubDate><Year>2023</Year><Month>Feb</Month></PubDate>"
ABSTRACT = """<Abstract>
  <AbstractText Label="BACKGROUND" NlmCategory="BACKGROUND">CO<sub>2</sub> rose,
    <i>p</i> &lt; 0.05.</AbstractText>
  <AbstractText Label="RESULTS" NlmCategory="RESULTS">It fell
    again.</AbstractText>
</Abstract>"""


def article(pmid: str, *, title: str = "Of <i>mice</i>", abstract: str = ABSTRACT, date: str = DATE) -> str:
    """Return an article as the service writes it; its references name other articles."""
    return f"""<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{pmid}</PMID>
      <Article PubModel="Print"><Journal><JournalIssue CitedMedium="Internet"><Volume>3</Volume>{date}
        </JournalIssue><Title>Example journal</Title></Journal><ArticleTitle>{title}</ArticleTitle>{abstract}
        <Language>eng</Language></Article>
      <CommentsCorrectionsList><CommentsCorrections RefType="Cites"><PMID Version="1">999</PMID>
      </CommentsCorrections></CommentsCorrectionsList></MedlineCitation>
      <PubmedData><History><PubMedPubDate PubStatus="pubmed"><Year>1999</Year></PubMedPubDate></History>
      <ArticleIdList><ArticleId IdType="pubmed">{pmid}</ArticleId></ArticleIdList></PubmedData>
    </PubmedArticle>"""


def documents(*articles: str) -> str:
    """Return a reply to a fetch; it names a document type that must not be fetched."""
    return f"""<?xml version="1.0" ?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN"
 "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">
<PubmedArticleSet>{"".join(articles)}</PubmedArticleSet>"""


def play(desk: Desk, ids: list[str], *articles: str) -> None:
    """Let the server find those ids and hand out those articles."""
    hits: dict[str, Any] = {"count": str(len(ids)), "retmax": "5", "retstart": "0", "idlist": ids}
    found = {"header": {"type": "esearch", "version": "0.3"}, "esearchresult": hits}
    desk.server.expect_request(SEARCH).respond_with_json(found)
    desk.server.expect_request(FETCH).respond_with_data(documents(*articles), content_type="text/xml")


async def test_abstracts_come_back_in_the_order_of_the_search(desk: Desk) -> None:
    """A structured abstract keeps its labels, and the order is that of relevance, not of the fetch."""
    second = article(
        "22", title="Of men", abstract="<Abstract><AbstractText>Plain.</AbstractText></Abstract>"
    )
    play(desk, ["11", "22"], second, article("11"))
    assert shown(await desk.ask(PubMed)) == [
        (
            "Of mice",
            "https://pubmed.ncbi.nlm.nih.gov/11/",
            "BACKGROUND: CO2 rose, p < 0.05.\n\nRESULTS: It fell again.",
            "2023-02",
        ),
        ("Of men", "https://pubmed.ncbi.nlm.nih.gov/22/", "Plain.", "2023-02"),
    ]


async def test_what_is_asked(desk: Desk) -> None:
    """Two requests name tool, contact and key; the question is words without field tags."""
    play(desk, ["11", "12"], article("11"))
    await desk.ask(PubMed, '"aspirin"[Title] NOT (cancer*)', limit=2, key="k1")
    search, fetch = (request.args for request, _ in desk.server.log)
    assert (search["term"], search["retmax"], search["sort"]) == ("aspirin Title cancer", "2", "relevance")
    assert (fetch["id"], fetch["retmode"]) == ("11,12", "xml")
    for args in (search, fetch):
        assert (args["tool"], args["email"], args["api_key"]) == ("attest", "research@example.org", "k1")


async def test_nothing_found_is_not_fetched(desk: Desk) -> None:
    """A search without hits is one request and an empty result."""
    play(desk, [])
    assert (await desk.ask(PubMed)).passages == ()
    assert len(desk.server.log) == 1


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("<PubDate><Year>2020</Year></PubDate>", "2020"),
        ("<PubDate><Year>2020</Year><Month>Dec</Month><Day>07</Day></PubDate>", "2020-12-07"),
        ("<PubDate><Year>2020</Year><Month>09</Month></PubDate>", "2020-09"),
        ("<PubDate><Year>2020</Year><Season>Spring</Season></PubDate>", "2020"),
        ("<PubDate><MedlineDate>1998 Dec-1999 Jan</MedlineDate></PubDate>", "1998-12"),
        ("<PubDate><MedlineDate>2000 Spring</MedlineDate></PubDate>", "2000"),
        ("<PubDate><MedlineDate>1976-1977</MedlineDate></PubDate>", "1976"),
        ("<PubDate><MedlineDate>Unknown</MedlineDate></PubDate>", None),
        ("", None),
        ("<ArticleDate><Year>2019</Year><Month>11</Month><Day>30</Day></ArticleDate>" + DATE, "2019-11-30"),
        (DATE + "<ArticleDate><Year>2019</Year><Month>11</Month><Day>30</Day></ArticleDate>", "2019-11-30"),
    ],
)
async def test_a_date_is_as_exact_as_it_is_known(desk: Desk, written: str, date: str | None) -> None:
    """The day it went online comes first; months have names or numbers; seasons are left out."""
    play(desk, ["11"], article("11", date=written))
    assert shown(await desk.ask(PubMed))[0][3] == date


async def test_an_article_without_an_abstract_is_its_title(desk: Desk) -> None:
    """Letters and old articles have none."""
    play(desk, ["11"], article("11", abstract=""))
    assert shown(await desk.ask(PubMed))[0][2] == "Of mice"


async def test_a_chapter_of_a_book_is_a_source_too(desk: Desk) -> None:
    """Books have another shape beside the articles."""
    book = f"""<PubmedBookArticle><BookDocument><PMID Version="1">33</PMID><Book>
      <BookTitle>Reviews</BookTitle><PubDate><Year>2024</Year></PubDate></Book>{ABSTRACT}</BookDocument></PubmedBookArticle>"""
    play(desk, ["33"], book)
    ((title, address, _, date),) = shown(await desk.ask(PubMed))
    assert (title, address, date) == ("Reviews", "https://pubmed.ncbi.nlm.nih.gov/33/", "2024")


@pytest.mark.parametrize(
    "error",
    [
        {"error": "API rate limit exceeded", "api-key": "192.0.2.1", "count": "4", "limit": "3"},
        {"header": {}, "esearchresult": {"ERROR": "Search Backend failed: try again"}},
        {"header": {}},
    ],
)
async def test_an_error_with_status_200_is_no_empty_result(desk: Desk, error: dict[str, Any]) -> None:
    """The service reports some errors in the body alone; what it says of the caller goes nowhere."""
    desk.server.expect_request(SEARCH).respond_with_json(error)
    with pytest.raises(Unavailable) as busy:
        await desk.ask(PubMed)
    assert busy.value.retry_after == 1.0
    assert "192.0.2.1" not in str(busy.value)


async def test_a_wrong_key_is_the_operators_to_mend(desk: Desk) -> None:
    """The service answers 400, which would otherwise blame the question."""
    said = {"error": "API key invalid", "api-key": "k1", "type": "client", "status": "unknown"}
    desk.server.expect_request(SEARCH).respond_with_json(said, status=400)
    with pytest.raises(Misconfigured, match="ATTEST_PUBMED_KEY"):
        await desk.ask(PubMed, key="k1")


async def test_a_busy_service_says_when_to_come_back(desk: Desk) -> None:
    """The wait it asks for is carried to whoever tries again."""
    await says_when_to_come_back(desk, PubMed)


async def test_garbage_is_no_answer(desk: Desk) -> None:
    """A page in place of JSON is a failure of the service."""
    await takes_no_garbage(desk, PubMed)


@pytest.mark.parametrize(
    "body",
    [bomb("PubmedArticleSet"), "<html>down</html>", '{"error":"API rate limit exceeded"}', ""],
)
async def test_a_fetch_of_another_shape_is_no_answer(desk: Desk, body: str) -> None:
    """Entities, pages, JSON and nothing at all are failures of the service."""
    desk.server.expect_request(SEARCH).respond_with_json({"esearchresult": {"idlist": ["11"]}})
    desk.server.expect_request(FETCH).respond_with_data(body)
    with pytest.raises(Unavailable, match="shape"):
        await desk.ask(PubMed)
