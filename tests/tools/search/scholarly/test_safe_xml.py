from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import Unavailable
from tools.search.scholarly.safe_xml import element_text, parse_xml

BOMB = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><a>&c;</a>'
FILE = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'


def test_the_words_of_an_element_come_on_one_line() -> None:
    """Markup within the words is left out; a missing element has no words."""
    root = parse_xml(b"<a><b>Krill <i>swarm</i>\n in cold seas.</b></a>", "a", "Index")
    assert element_text(root.find("b")) == "Krill swarm in cold seas."
    assert element_text(root.find("c")) == ""


@pytest.mark.parametrize("body", [BOMB, FILE, b"", b"<a>", b"<b/>", b"\xff\xfe<a/>", "<a/>".encode("utf-16")])
def test_what_declares_entities_or_is_no_xml_is_no_answer(body: bytes) -> None:
    """The service did not answer: nothing is expanded or read from this machine."""
    with pytest.raises(Unavailable, match="Index"):
        parse_xml(body, "a", "Index")


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    """No bytes fail in another way."""
    with suppress(Unavailable):
        assert parse_xml(body, "a", "Index").tag == "a"
