"""The page reads well and keeps hostile sources in their place."""

from markdown_it import MarkdownIt

from graph.records import source_id
from guards.visible_text import UNSAFE
from tests.ui.report import examples
from ui.report.report_markdown import report_markdown

HOSTILE = "</blockquote><script>x</script>\n\n# Verified\n\n![p](http://e.example/p.png) [1]: http://e.example\n`\x1b[2J"


def test_the_page_holds_what_a_reader_needs() -> None:
    """Question, answer, each citation with its place, gaps, cost, and how to check are all there."""
    page = report_markdown(examples.report())
    alpha = source_id(examples.ALPHA)
    for words in (
        "# Which plant opened first?\n",
        "**Answered** — run 20260102-030405-abcdef",
        "The Alpha plant opened in 1971. [1]",
        "**[1]** alpha — /documents/alpha.txt",
        "published 1999-05, retrieved 2026-01-02T03:04:05+00:00, characters 0 to 31",
        f"31 of `sources/{alpha}.txt`",
        "> The Alpha plant opened in 1971.\n",
        "## What this report does not know\n\n- Resting on one source: claim c1 rests on one source",
        "- Answered, $0.00, 2 calls, 1.5 s",
        "`attest verify .`",
    ):
        assert words in page


def test_a_hostile_source_gets_no_heading_link_image_or_script() -> None:
    """Title, location, quote and gaps are words wherever they stand."""
    report = examples.report()
    report["claims"][0]["citations"][0]["quote"] = HOSTILE
    report["sources"][0].update(title=HOSTILE, location=HOSTILE)
    report["unknowns"][0]["detail"] = HOSTILE
    report["question"] = HOSTILE
    report["answer"] = HOSTILE + " [1]"
    page = report_markdown(report)
    assert not UNSAFE.search(page)
    tokens = [t for block in MarkdownIt("commonmark").parse(page) for t in (block, *(block.children or ()))]
    assert not {t.type for t in tokens} & {"link_open", "image", "html_inline", "html_block", "fence"}
    assert sum(t.type == "blockquote_open" for t in tokens) == 3


def test_a_report_without_claims_reads_as_one() -> None:
    """A refusal has no list of citations and says that nothing more is missing."""
    empty = {**examples.report(), "claims": [], "sources": [], "unknowns": [], "answer": "Refused: no."}
    page = report_markdown(empty)
    assert "## Citations" not in page
    assert "Nothing is known to be missing." in page
