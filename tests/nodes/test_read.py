from __future__ import annotations

from graph.records import Passage
from graph.state import Reading
from nodes.read import read
from tests.nodes.roles import CLAIM, PASSAGE, RUN, TEXT, Roles
from tests.tools.models.roles.scripted import Library, whole


async def test_the_reader_gets_the_stored_words_and_what_it_left_out_is_named() -> None:
    """A passage of a source that this run does not have is not read."""
    lost = Passage(span=whole("nowhere"), score=0.5, branch="b1")
    reader = Roles(claims=(CLAIM,))
    reading = Reading(run=RUN, root="b1", question=RUN.question, passages=(PASSAGE, lost))
    found = await read(reading, reader=reader, evidence=Library([TEXT]))
    assert reader.read_texts == [TEXT]
    assert found["claims"] == (CLAIM,)
    assert [unknown.kind for unknown in found["unknowns"]] == ["left_out"]
