from __future__ import annotations

import pytest

from tools.statements.sentence_agents import agent_first, tail, value
from tools.statements.statement_tokens import tokens


@pytest.mark.parametrize(
    ("text", "first"), [("The Knot is owned by Marlin", "Marlin"), ("Marlin owns the Knot", "Marlin")]
)
def test_who_does_it_comes_first(text: str, first: str) -> None:
    """The passive is read as the active."""
    found = tokens(text)
    content = [at for at, token in enumerate(found) if token.content]
    assert found[agent_first(found, content)[0]].text == first


def test_the_name_of_what_there_is_one_of_is_its_value() -> None:
    """A sentence without "is" gives none."""
    found, other = tokens("The owner of Knot is Marlin"), tokens("Marlin owns Knot")
    assert value(found, [token.lower for token in found]) == {"marlin"}
    assert value(other, [token.lower for token in other]) == frozenset()


def test_the_words_behind_a_preposition_are_one_thing_or_none() -> None:
    """Two things joined by "and" are no single one."""
    one, several = tokens("It was built by Ada Koll"), tokens("It was built by Ada Koll and Bob")
    assert tail(one, 3) == {"ada", "koll"}
    assert tail(several, 3) == frozenset()
