from __future__ import annotations

from graph.outline import DocumentPlace, Part, PartKind, headings, pack, part_at, unpack, within
from graph.untrusted import Untrusted
from tests.tools.documents.test_text_builder import at, handbook


def test_the_parts_of_a_passage_can_be_cut_out() -> None:
    """A passage gets the part it begins in and those that begin in it."""
    parsed = handbook()
    kinds = [
        part.kind for part in within(parsed.outline, at(parsed, "at most 3"), at(parsed, "Prices in") + 1)
    ]
    assert kinds == [PartKind.ITEM, PartKind.PROSE, PartKind.HEADING, PartKind.CAPTION]


def test_an_outline_is_sent_and_stored_as_it_is() -> None:
    """What is packed comes out the same."""
    outline = handbook().outline
    assert unpack(pack(outline)) == outline
    assert unpack(pack(())) == ()


def test_nothing_is_said_of_a_text_without_an_outline() -> None:
    """What has no parts is prose without a place."""
    assert part_at((), 5).kind is PartKind.PROSE
    assert within((), 0, 5) == ()


def test_headings_stand_where_their_words_do() -> None:
    """The mark is left out; how deep a heading is, is how many it stands under."""
    text = "# Boats\n\n## Sails\n\nWhite.\n"
    outline = (
        Part(start=0, kind=PartKind.HEADING, place=DocumentPlace(section=(Untrusted("Boats"),))),
        Part(
            start=9,
            kind=PartKind.HEADING,
            place=DocumentPlace(section=(Untrusted("Boats"), Untrusted("Sails"))),
        ),
        Part(start=19, place=DocumentPlace(section=(Untrusted("Boats"), Untrusted("Sails")))),
    )
    found = headings(outline, Untrusted(text))
    assert [(text[each.start : each.end], each.depth) for each in found] == [("Boats", 1), ("Sails", 2)]
