from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph.outline import PartKind, context, part_at, place_at
from graph.untrusted import Untrusted
from tools.documents.normalise import normalise
from tools.documents.parsed import Parsed
from tools.documents.text_builder import TextBuilder


def handbook() -> Parsed:
    """Write a small document with a list and two tables."""
    text = TextBuilder()
    text.heading("Handbook", 1)
    text.heading("Limits", 2)
    text.add("Each plan is bounded. There are two limits:")
    text.item("at most 20 calls", "1.")
    text.item("at most 3 files", "2.")
    text.add("They hold for all.")
    text.heading("Prices", 2)
    text.at(page=2)
    text.add("Prices in euros", PartKind.CAPTION)
    text.row(("Plan", "2020", "2021"), ("Small", "", "5"), 2)
    text.row(("Plan", "2020", "2021"), ("Large", "8", "9", "new"), 3)
    text.row(("Plan", "2020", "2021"), ("Huge", "80", "90"), 7)
    return text.build(title="Handbook")


def at(parsed: Parsed, words: str) -> int:
    return parsed.text.index(words)


def test_a_document_is_plain_markdown() -> None:
    """Headings, items and rows are written alike for every format, and an empty cell keeps its header."""
    assert handbook().text == (
        "# Handbook\n\n## Limits\n\nEach plan is bounded. There are two limits:\n\n"
        "1. at most 20 calls\n2. at most 3 files\n\nThey hold for all.\n\n## Prices\n\nPrices in euros\n\n"
        "Plan: Small; 2020:; 2021: 5\nPlan: Large; 2020: 8; 2021: 9; column 4: new\n"
        "Plan: Huge; 2020: 80; 2021: 90"
    )


def test_a_part_knows_its_headings_and_its_page() -> None:
    """A passage is told the headings above it, the innermost last, and a page holds until the next."""
    parsed = handbook()
    place = place_at(parsed.outline, Untrusted(parsed.text), at(parsed, "They hold"))
    assert ([each.reveal() for each in place.section], place.page) == (["Handbook", "Limits"], 0)
    place = place_at(parsed.outline, Untrusted(parsed.text), at(parsed, "Plan: Large"))
    assert ([each.reveal() for each in place.section], place.page) == (["Handbook", "Prices"], 2)


def test_a_row_has_the_number_it_has_in_its_table() -> None:
    """Rows are counted from the first of their run, and a gap between rows begins a new run."""
    parsed = handbook()
    for words, row in (("Plan: Small", 2), ("Plan: Large", 3), ("new", 3), ("Plan: Huge", 7)):
        assert place_at(parsed.outline, Untrusted(parsed.text), at(parsed, words)).row == row


def test_a_list_and_a_table_hang_on_what_leads_to_them() -> None:
    """An item has the sentence before its list as context, a row the caption, and prose only headings."""
    parsed = handbook()
    assert context(parsed.outline, at(parsed, "2. at most")).reveal() == (
        "Handbook\nLimits\nThere are two limits:"
    )
    part = part_at(parsed.outline, at(parsed, "2. at most"))
    assert part.lead
    assert parsed.text.startswith(part.lead.reveal(), part.lead_at)
    assert context(parsed.outline, at(parsed, "Plan: Large")).reveal() == "Handbook\nPrices\nPrices in euros"
    assert context(parsed.outline, at(parsed, "They hold")).reveal() == "Handbook\nLimits"
    assert context(parsed.outline, at(parsed, "## Limits")).reveal() == "Handbook"


words = st.text(alphabet="ab .:\n\t\r\u0301\u00ad\u200b\u2028#-<e\u0338", max_size=12)
piece = st.tuples(st.sampled_from(["heading", "add", "item", "row", "code"]), words)


@given(st.lists(piece, max_size=8))
def test_what_is_built_is_in_the_stored_form(pieces: list[tuple[str, str]]) -> None:
    """Whatever the pieces hold, normalising moves nothing, and each part starts where its text does."""
    text = TextBuilder()
    for kind, said in pieces:
        if kind == "heading":
            text.heading(said, 2)
        elif kind == "row":
            text.row(("h", said), (said, said))
        else:
            getattr(text, kind)(said)
    built = text.build()
    assert normalise(built.text) == built.text
    assert bool(built.outline) == bool(built.text)
    starts = [part.start for part in built.outline]
    assert starts == sorted(set(starts))
    assert all(at == 0 or built.text[at - 1] == "\n" for at in starts)
