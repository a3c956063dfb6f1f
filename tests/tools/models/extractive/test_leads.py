"""Test which names are followed, and how they are searched for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph.reading import Excerpt
from graph.records import Passage, Span
from graph.untrusted import Untrusted
from tools.models.extractive.leads import MOST_LEADS, find_leads
from tools.models.extractive.queries import LONGEST_QUERY, MOST_QUERIES, follow_up, queries


def excerpt(title: str, text: str, start: int = 0) -> Excerpt:
    span = Span(source=title, start=start, end=start + len(text))
    return Excerpt(
        passage=Passage(span=span, score=1.0), text=Untrusted(text), title=Untrusted(title), published=None
    )


def leads(question: str, *excerpts: Excerpt) -> list[str]:
    return [lead.name.reveal() for lead in find_leads(question, excerpts)]


BLOOD = excerpt(
    "Blood Street", "Blood Street is a 1988 film from Hollywood by Acme Films, directed by Leo Fong."
)


def test_the_name_beside_the_relation_leads() -> None:
    """Of the names on the page the question names, the one beside the relation asked for comes first."""
    assert leads("What nationality is the director of film Blood Street?", BLOOD)[0] == "Leo Fong"


def test_a_relation_may_go_by_another_word() -> None:
    """A question for a mother follows what a text says of a son."""
    page = excerpt("Lothair II", "Lothair II met Pope Nicholas in Rome. He was a son of Ermengarde of Tours.")
    assert leads("When did Lothair II's mother die?", page)[0] == "Ermengarde of Tours"


def test_both_sides_of_a_comparison_take_turns() -> None:
    """Each page the question names brings its best name before any brings a second."""
    other = excerpt(
        "Dark River", "Dark River is a film directed by Clio Barnard. It stars Sean Bean and Ruth Wilson."
    )
    found = leads("Do the directors of Blood Street and Dark River share a nationality?", BLOOD, other)
    assert set(found[:2]) == {"Leo Fong", "Clio Barnard"}


def test_names_of_the_question_and_of_pages_at_hand_are_not_followed() -> None:
    """A lead adds something: neither the question's own names nor titles already found."""
    held = excerpt("Leo Fong", "Leo Fong was an actor from Canton.")
    found = leads("Who directed Blood Street?", BLOOD, held)
    assert "Blood Street" not in found
    assert "Leo Fong" not in found


def test_a_title_inside_a_longer_title_takes_no_turn() -> None:
    """A page whose name is part of a longer title in the question waits behind the page meant."""
    short = excerpt("Oh, Baby!", "Oh, Baby! is a film directed by Harley Knoles.")
    meant = excerpt("Love, Honor and Oh-Baby!", "Love, Honor and Oh-Baby! was directed by Charles Lamont.")
    found = leads("Who is the wife of the director of Love, Honor and Oh-Baby!?", short, meant)
    assert found[0] == "Charles Lamont"


def test_a_lead_points_at_its_words() -> None:
    """The span of a lead counts from the start of the source, not of the excerpt."""
    shifted = excerpt("Blood Street", "It was directed by Leo Fong.", start=100)
    lead = find_leads("Who directed Blood Street?", [shifted])[0]
    assert lead.span == Span(source="Blood Street", start=119, end=127)


@given(st.text(max_size=200), st.lists(st.tuples(st.text(max_size=20), st.text(max_size=200)), max_size=4))
def test_any_text_gives_few_distinct_leads(question: str, pages: list[tuple[str, str]]) -> None:
    """Whatever stands in question and pages, there are at most six leads and each stands in its page."""
    found = find_leads(question, [excerpt(title, text) for title, text in pages])
    texts = dict(reversed(pages))
    assert len(found) <= MOST_LEADS
    for lead in found:
        assert any(lead.name.reveal() == text[lead.span.start : lead.span.end] for _, text in pages)
        assert lead.span.source in texts


def test_a_follow_up_keeps_what_the_question_asks() -> None:
    """The search for a lead holds its name and the question's words outside names."""
    assert follow_up("Where was the director of Blood Street born?", "Leo Fong") == "Leo Fong director born"


@given(st.text(max_size=5000), st.text(min_size=1, max_size=200))
def test_every_query_fits_the_tool(question: str, name: str) -> None:
    """No search is longer than the tool takes, and a question has few of them."""
    made = queries(question)
    assert 1 <= len(made) <= MOST_QUERIES
    assert all(len(query) <= LONGEST_QUERY for query in (*made, follow_up(question, name)))


def test_a_short_question_is_searched_for_as_it_is() -> None:
    """A question that fits is its own search."""
    assert queries("Who directed Blood Street?") == ("Who directed Blood Street?",)
