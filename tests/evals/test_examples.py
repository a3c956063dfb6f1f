"""A question becomes examples: with all sources, with few, and without those that answer it."""

from __future__ import annotations

from evals.examples import examples
from evals.questions import EvalQuestion, Gold
from graph.records import Span
from tests.tools.models.extractive.made import excerpt

ANSWER = excerpt("The loom weighs 45 kg. Anna made the loom of oak.", title="Loom")
OTHERS = [excerpt(f"The mill has {at} wheels.", title=f"Mill {at}") for at in (2, 3, 4)]
ASKED = EvalQuestion(
    id="q",
    question="How heavy is the loom?",
    kind="number",
    gold=(Gold(documents=("loom.md",), quote="The loom weighs 45 kg."),),
    must=(("45 kg",),),
)


def test_the_pool_is_also_made_small_and_emptied_of_gold() -> None:
    """Where no gold is left the question counts as unanswerable."""
    here = ANSWER.passage.span
    gold = [frozenset({Span(source=here.source, start=0, end=22)})]
    made = {one.variant: one for one in examples("shop", ASKED, [(ASKED.question, (*OTHERS, ANSWER))], gold)}
    assert {name: one.answerable for name, one in made.items()} == {
        "": True,
        " without gold": False,
        " gold alone": True,
        " few": True,
        " few without gold": False,
    }
    assert [len(one.readings[0].rows) for one in made.values()] == [5, 3, 2, 3, 2]
    assert made[" gold alone"].readings[0].grades.tolist() == [1.0, 0.0]
    assert made[""].weight > made[" few"].weight


def test_a_question_without_an_answer_is_one_example() -> None:
    """There is nothing to take away."""
    asked = EvalQuestion(id="q", question="Who carved the mill?", kind="fact", gold=())
    (one,) = examples("shop", asked, [(asked.question, tuple(OTHERS))], [])
    assert not one.answerable
    assert not one.readings[0].grades.any()
