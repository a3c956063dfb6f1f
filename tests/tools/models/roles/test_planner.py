"""A model that plans chooses words, sees no source, and cannot make a plan that is not sound."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.options import Mode
from graph.records import Argument, Branch, Run
from graph.tool import Group, ToolSpec
from guards.plan_form import is_plan_sound
from tests.tools.models.roles.scripted import COMPOUND, Scripted, asked
from tools.models.extractive.planner import SEARCH, ExtractivePlanner
from tools.models.roles.planner import ModelPlanner
from tools.search_results import SearchArguments

ENGINE = ExtractivePlanner()
SIMPLE = "How long do entries in Marlin live?"
RUN = asked(COMPOUND)
LINES = st.lists(
    st.fixed_dictionaries({"question": st.text(max_size=400), "queries": st.lists(st.text(), max_size=5)}),
    max_size=20,
).map(lambda lines: {"lines": lines})


def line(question: str, *queries: str) -> dict[str, Any]:
    return {"question": question, "queries": list(queries)}


def searched(branch: Branch) -> list[str]:
    return [str(task.arguments["query"].value) for task in branch.tasks]


async def test_lines_become_branches_with_their_searches() -> None:
    """Each line is a root of its own, searched for by its queries, or by its question where it has none."""
    answer = {"lines": [line("What is a bulkhead?", "bulkhead pattern", " "), line("Who owns Knot?")]}
    plan = await ModelPlanner(Scripted(answer), ENGINE).plan(RUN)
    assert [(b.id, b.root, b.question) for b in plan.branches] == [
        ("b1", "b1", Argument(value="What is a bulkhead?")),
        ("b2", "b2", Argument(value="Who owns Knot?")),
    ]
    assert [searched(branch) for branch in plan.branches] == [["bulkhead pattern"], ["Who owns Knot?"]]


@given(LINES, st.sampled_from([Mode.STANDARD, Mode.DEEP]))
async def test_every_answer_makes_a_sound_plan(answer: dict[str, Any], mode: Mode) -> None:
    """Whatever a model answers, the plan is sound, within the mode, and its words are on one line."""
    run = asked(COMPOUND, mode)
    plan = await ModelPlanner(Scripted(answer), ENGINE).plan(run)
    assert is_plan_sound(plan, {SEARCH}).allowed
    assert len(plan.branches) <= run.options.depth.branches
    assert all(len(branch.tasks) <= 3 for branch in plan.branches)
    assert all(query.isprintable() for branch in plan.branches for query in searched(branch))


@pytest.mark.parametrize("answer", [None, {"lines": []}, {"lines": [line("?!"), line("x" * 301)]}])
async def test_without_a_usable_line_the_engine_plans(answer: dict[str, Any] | None) -> None:
    """No model, or no line that asks anything: the plan is the extractive one."""
    assert await ModelPlanner(Scripted(answer), ENGINE).plan(RUN) == await ENGINE.plan(RUN)


@pytest.mark.parametrize(
    ("question", "mode", "calls"),
    [
        (SIMPLE, Mode.STANDARD, 0),
        (COMPOUND, Mode.QUICK, 0),
        (COMPOUND, Mode.STANDARD, 1),
        (SIMPLE, Mode.DEEP, 1),
        (f"Given that {'it is so and ' * 8}nothing helps, what is a bulkhead?", Mode.STANDARD, 1),
    ],
)
async def test_a_simple_question_is_planned_without_a_model(question: str, mode: Mode, calls: int) -> None:
    """A short question for one thing, or a quick run, asks no model for a plan."""
    asks = Scripted({"lines": [line("What is a bulkhead?")]})
    await ModelPlanner(asks, ENGINE).plan(asked(question, mode))
    assert len(asks.asked) == calls


@given(st.text(min_size=12), st.text(min_size=12))
async def test_no_word_of_a_source_reaches_the_model(name: str, found: str) -> None:
    """Names found in sources are followed without a model: it is shown the person's own question alone."""
    asks = Scripted({"lines": [line("What is a bulkhead?")]})
    planner = ModelPlanner(asks, ENGINE)
    plan = await planner.plan(RUN)
    leads = [Argument(value=value, taint=("s1",)) for value in (name, found)]
    followed = await planner.follow(RUN, plan.branches[0], leads)
    assert followed == await ENGINE.follow(RUN, plan.branches[0], leads)
    (prompted,) = asks.asked
    assert prompted.taint == ()
    assert prompted.user == f"Question: {COMPOUND}\nIt can be looked up in: documents\nAt most 6 lines."


def test_the_planner_never_reveals() -> None:
    """What decides the next call cannot read a source."""
    tree = ast.parse(Path("tools/models/roles/planner.py").read_text(encoding="utf-8"))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == "reveal"]


WEB = ToolSpec(name="wiki", version="1", purpose="", arguments=SearchArguments, group=Group.WEB)
ABROAD = ExtractivePlanner([WEB])


def in_german(question: str, mode: Mode = Mode.STANDARD, *sources: str) -> Run:
    run = asked(question, mode)
    return replace(run, options=replace(run.options, language="de", sources=sources or ("web", "documents")))


async def test_the_model_is_told_the_language_of_the_web() -> None:
    """Its queries are to be in the language that is searched; the web is given it, the documents are not."""
    asks = Scripted({"lines": [line("Who owns Knot?", "Knoten Besitzer")]})
    plan = await ModelPlanner(asks, ABROAD).plan(in_german(COMPOUND))
    assert asks.asked[0].user.endswith("At most 6 lines.\nOn the web it is looked up in the language de.")
    (branch,) = plan.branches
    assert branch.question == Argument(value="Who owns Knot?")
    documents, web = branch.tasks
    assert "language" not in documents.arguments
    assert (web.tool, web.arguments["language"]) == ("wiki", Argument(value="de"))


@pytest.mark.parametrize("sources", [("documents",), ("scholarly",)])
async def test_a_language_of_the_web_is_named_to_nobody_who_does_not_search_it(
    sources: tuple[str, ...],
) -> None:
    """An operator's choice for the web does not make queries for documents in another language."""
    asks = Scripted({"lines": [line("Who owns Knot?")]})
    await ModelPlanner(asks, ABROAD).plan(in_german(COMPOUND, Mode.STANDARD, *sources))
    await ModelPlanner(asks, ABROAD).plan(in_german(SIMPLE, Mode.STANDARD, *sources))
    (prompted,) = asks.asked
    assert "language" not in prompted.user


@pytest.mark.parametrize(("mode", "calls"), [(Mode.STANDARD, 1), (Mode.QUICK, 0)])
async def test_a_simple_question_may_need_the_words_of_another_language(mode: Mode, calls: int) -> None:
    """Only a model can put it into them, so one is asked, but for a run that is to be quick."""
    asks = Scripted({"lines": [line(SIMPLE, "Marlin Einträge")]})
    await ModelPlanner(asks, ABROAD).plan(in_german(SIMPLE, mode))
    assert len(asks.asked) == calls


def test_the_prompt_says_what_to_do_with_a_language() -> None:
    """The rule stands in the prompt that goes with the message."""
    asks = Path("nodes/prompts/planner.md").read_text(encoding="utf-8")
    assert "write the queries in that language" in asks
