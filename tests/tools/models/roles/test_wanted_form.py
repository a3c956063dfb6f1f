"""A writer is told the form that a question wants, and its items and rows are checked."""

from __future__ import annotations

import pytest

from graph.records import Argument, Branch, Draft
from tests.tools.models.extractive.made import verdict
from tests.tools.models.roles.scripted import Library, Scripted, asked, whole
from tools.models.extractive.writer import ExtractiveWriter
from tools.models.roles.role_claims import quoted_claim
from tools.models.roles.wanted_form import wanted_form
from tools.models.roles.writer import ModelWriter

RYE, OATS = "Rye weighs 5 kg a bag and costs 2 euros.", "Oats weigh 4 kg a bag and cost 3 euros."
CLAIMS = (quoted_claim("b1", whole(RYE), 0.9), quoted_claim("b1", whole(OATS), 0.8))
COMPARED = "What is the difference between rye and oats?"


async def write(asks: Scripted) -> Draft:
    branch = Branch(id="b1", root="b1", question=Argument(value=COMPARED), tasks=())
    writer = ModelWriter(asks, ExtractiveWriter(), Library((RYE, OATS)))
    return await writer.write(asked(COMPARED), [branch], CLAIMS, [verdict(claim.id) for claim in CLAIMS])


@pytest.mark.parametrize(
    ("question", "form"),
    [
        ("Which grains does the mill take?", "list"),
        ("How do I clean the sieve?", "steps"),
        (COMPARED, "table"),
        ("How heavy is a bag of rye?", ""),
    ],
)
def test_each_kind_of_question_has_its_form(question: str, form: str) -> None:
    """A single fact wants a sentence, and nothing is said of its form."""
    assert form in wanted_form(question)
    assert bool(wanted_form(question)) == bool(form)


async def test_rows_are_kept_where_their_claims_hold_every_cell() -> None:
    """A row with a cell of another row gives way to the quote."""
    right = "| Rye | weighs 5 kg a bag | costs 2 euros |"
    wrong = "| Oats | weigh 5 kg a bag | cost 3 euros |"
    asks = Scripted({"sentences": [{"text": right, "claims": [1]}, {"text": wrong, "claims": [2]}]})
    draft = await write(asks)
    assert "Form: a table" in asks.asked[0].user
    assert [claim.text.reveal() for claim in draft.written if claim.text] == [right]
    assert draft.sections[0].claims == (draft.written[0].id, CLAIMS[1].id)
