"""The panel shows a passage where it stands, checks it each time, and links to the web alone."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.records import source_id
from graph.untrusted import Untrusted
from tests.ui.chat.report_view import reports
from tests.ui.report import examples
from ui.chat.report_view.passage_window import CONTEXT, STEP
from ui.chat.report_view.source_view import HOLDS, MEANING, MOVED, more, source_view

ENDS = "It ends."
letters = st.text(st.characters(categories=["L"]) | st.just(" "), max_size=30)


def resting_on(text: str, quote: str, **described: Any) -> dict[str, Any]:  # noqa: ANN401  # any field
    """Return a report of one claim, on one passage of a text."""
    claim = {**examples.claim(1, text, quote), "independent_sources": 2}
    source = {**examples.source(text, "title"), **described}
    return {**examples.report(), "claims": [claim], "sources": [source], "answer": f"{quote} [1]"}


@given(letters, letters.filter(str.strip), letters)
def test_the_highlighted_words_are_the_quote_between_its_neighbours(
    left: str, quote: str, right: str
) -> None:
    """In any script, what is marked are the words of the quote, and with their context those of the text."""
    text = f"{left}{quote}{right}"
    report = resting_on(text, quote)
    shown = source_view(report, 1, Untrusted(text))
    assert shown["quote"].split() == quote.split()
    assert (shown["before"]["text"] + shown["quote"] + shown["after"]["text"]).split() == text.split()
    assert shown["check"] == HOLDS


def test_a_long_text_is_never_sent_whole() -> None:
    """A passage comes with a window around it, and says that there is more on either side."""
    middle = reports.LONG.index("A filler", 6_000)
    report = resting_on(reports.LONG, ENDS)
    report["claims"][0]["citations"][0] |= {"start": middle, "end": middle + 8, "quote": "A filler"}
    shown = source_view(report, 1, Untrusted(reports.LONG))
    assert len(shown["before"]["text"]) <= CONTEXT
    assert len(shown["after"]["text"]) <= CONTEXT
    assert shown["before"]["more"] is shown["after"]["more"] is True
    assert shown["length"] == len(reports.LONG)


def test_more_goes_on_where_the_window_ended() -> None:
    """The next part joins the window without a gap, and the last one says that nothing follows."""
    report, text = resting_on(reports.LONG, ENDS), Untrusted(reports.LONG)
    shown = source_view(report, 1, text)
    at = shown["before"]["start"]
    found = more(report, 1, text, "before", at)
    assert found["end"] == at
    assert found["text"] == reports.LONG[found["start"] : at]
    assert STEP - 60 <= len(found["text"]) <= STEP
    assert more(report, 1, text, "before", 100)["more"] is False
    assert more(report, 1, text, "after", 10**9) == {
        "start": len(reports.LONG),
        "end": len(reports.LONG),
        "text": "",
        "more": False,
    }


@pytest.mark.parametrize(
    ("location", "linked"),
    [
        ("https://example.org/a", True),
        ("http://example.org/a", True),
        ("javascript:alert(1)", False),
        ("data:text/html,<script>", False),
        ("/documents/alpha.txt", False),
        ("//example.org/a", False),
        ("HTTPS", False),
    ],
)
def test_only_an_address_of_the_web_becomes_a_link(location: str, linked: bool) -> None:  # noqa: FBT001
    """A source cannot make a person click on anything but http and https."""
    report = resting_on(examples.ALPHA, ENDS_OF_ALPHA, location=location)
    shown = source_view(report, 1, Untrusted(examples.ALPHA))
    assert shown["location"] == location
    assert bool(shown["link"]) is linked


ENDS_OF_ALPHA = "Its output doubled."


def test_what_a_source_says_of_itself_is_on_one_line_and_hides_nothing() -> None:
    """Title and author act on nothing; what is not known is empty, not made up."""
    report = resting_on(examples.ALPHA, ENDS_OF_ALPHA, title="a\u202eb\nc", author=None, published=None)
    shown = source_view(report, 1, Untrusted(examples.ALPHA))
    assert shown["title"] == "a\ufffdb c"
    assert shown["author"] == shown["published"] == shown["language"] == ""


def test_a_passage_names_the_claims_that_rest_on_it() -> None:
    """Each claim comes with its badge, so the panel says how many independent sources say so."""
    shown = source_view(resting_on(examples.ALPHA, ENDS_OF_ALPHA), 1, Untrusted(examples.ALPHA))
    assert shown["claims"] == [
        {
            "place": 1,
            "text": ENDS_OF_ALPHA,
            "standing": "several",
            "words": "supported by 2 independent sources",
        }
    ]


def test_a_text_that_is_gone_or_changed_is_called_so() -> None:
    """The quote is then shown alone, never inside a text it does not stand in."""
    report = resting_on(examples.ALPHA, ENDS_OF_ALPHA)
    for text in (None, Untrusted(examples.ALPHA + "!")):
        shown = source_view(report, 1, text)
        assert shown["sound"] is False
        assert "attest verify" in shown["check"]
        assert shown["quote"] == ENDS_OF_ALPHA
        assert shown["before"]["text"] == shown["after"]["text"] == ""


def test_a_quote_that_was_moved_is_called_so() -> None:
    """Offsets that hold other words than the quote are not highlighted."""
    report = resting_on(examples.ALPHA, ENDS_OF_ALPHA)
    report["claims"][0]["citations"][0]["start"] += 1
    shown = source_view(report, 1, Untrusted(examples.ALPHA))
    assert (shown["sound"], shown["check"]) == (False, MOVED)


def test_the_panel_says_what_can_be_checked() -> None:
    """Hash and offsets stand in the panel as they stand in the report."""
    report = resting_on(examples.ALPHA, ENDS_OF_ALPHA)
    shown = source_view(report, 1, Untrusted(examples.ALPHA))
    cited = report["claims"][0]["citations"][0]
    assert (shown["source"], shown["start"], shown["end"]) == (
        source_id(examples.ALPHA),
        cited["start"],
        cited["end"],
    )


def test_the_credibility_of_a_source_comes_in_words_with_every_reason() -> None:
    """The panel gets the grade, the number and the signals; a report without a rating gets none."""
    rating = {
        "score": 28,
        "grade": "low",
        "reasons": ["anyone can publish at this host (+33)", "no date (-2)"],
    }
    report = resting_on(examples.ALPHA, ENDS_OF_ALPHA, credibility=rating)
    shown = source_view(report, 1, Untrusted(examples.ALPHA))
    assert (shown["credibility"], shown["reasons"]) == ("low, 28 of 100", rating["reasons"])
    before = source_view(resting_on(examples.ALPHA, ENDS_OF_ALPHA), 1, Untrusted(examples.ALPHA))
    assert (before["credibility"], before["reasons"], before["meaning"]) == ("", [], "")
    assert shown["meaning"] == MEANING


def test_an_own_document_is_said_to_be_not_rated() -> None:
    """Where there is no number the panel says so in words, with the reason."""
    rating = {"score": None, "grade": "not rated", "reasons": ["not from the web"]}
    report = resting_on(examples.ALPHA, ENDS_OF_ALPHA, credibility=rating)
    shown = source_view(report, 1, Untrusted(examples.ALPHA))
    assert (shown["credibility"], shown["reasons"]) == ("not rated", ["not from the web"])
