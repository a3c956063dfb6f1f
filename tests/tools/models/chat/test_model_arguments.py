from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from graph.errors import Misconfigured
from tests.fakes.tools import Query
from tests.tools.models.chat.asking import question
from tools.models.chat.model_arguments import SCAFFOLD, model_arguments, most_prompt_tokens


def test_arguments_of_another_tool_are_a_mistake_in_the_wiring() -> None:
    """The message names what was given."""
    assert model_arguments(question()) == question()
    with pytest.raises(Misconfigured, match="Query"):
        model_arguments(Query(query="x"))


WORDS = st.text(st.characters(exclude_categories=["Cs"]))


@pytest.mark.parametrize(
    "changed", [{"user": ""}, {"prompt": "reader"}, {"most_tokens": 0}, {"tone": "kind"}]
)
def test_what_no_role_sends_is_refused(changed: dict[str, object]) -> None:
    """A prompt has a version, a question has words, and nothing else is an argument."""
    with pytest.raises(ValidationError):
        question(**changed)


@given(WORDS, WORDS.filter(bool))
def test_a_prompt_has_no_more_tokens_than_bytes(system: str, user: str) -> None:
    """The bound counts every byte once, the schema twice, and the scaffold of the provider."""
    sent = question(system=system, user=user, schema_json="{}")
    assert most_prompt_tokens(sent) == SCAFFOLD + len(system.encode()) + len(user.encode()) + 4
