from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from graph.records import Argument, Branch, Call, Outcome, Plan, Task
from guards.outages import is_cut, losses

QUERY = {"query": Argument(value="x")}
GROUPS = {"pubmed": "scholarly", "arxiv": "scholarly", "docs": "documents", "page": "page"}
CALL = Call(task="b1.s1", branch="b1", tool="pubmed", outcome=Outcome.DONE, started=36_120.0, ended=36_121.0)
DOWN = replace(CALL, outcome=Outcome.FAILED, fault="Unavailable", detail="it answered 503", attempts=3)


def branch(number: int, *fallbacks: str) -> Branch:
    name = f"b{number}"
    task = Task(id=f"{name}.s1", tool="pubmed", purpose="", arguments=QUERY, fallbacks=fallbacks)
    return Branch(id=name, root=name, question=QUERY["query"], tasks=(task,))


def of(number: int, call: Call) -> Call:
    return replace(call, task=f"b{number}.s1", branch=f"b{number}")


def said(plan: Plan, *calls: Call) -> list[tuple[str, str]]:
    return [(loss.kind, loss.detail) for loss in losses(plan, calls, GROUPS)]


def test_an_outage_says_since_when_and_what_the_answer_lacks_for_it() -> None:
    """The first failure dates it, an open breaker is named, branches without such a source are counted."""
    plan = Plan(branches=tuple(branch(n) for n in range(12)))
    breaker = replace(DOWN, attempts=0, detail="pubmed: breaker open until 10:05:00 UTC")
    lost = [of(0, breaker), of(1, replace(DOWN, started=36_180.0)), of(2, breaker)]
    served = [of(n, replace(CALL, found=2)) for n in range(3, 12)]
    detail = (
        "pubmed unavailable from 10:02 UTC, breaker open; 3 of 12 lines of inquiry have no scholarly source"
    )
    assert said(plan, *lost, *served) == [("unavailable", detail)]


def test_an_outage_that_others_made_good_lacks_nothing() -> None:
    """A stand-in that found something serves the branch, and the run is not cut."""
    plan = Plan(branches=(branch(1, "arxiv"),))
    calls = [DOWN, replace(CALL, task="b1.s1~2", tool="arxiv", found=3)]
    ((kind, detail),) = said(plan, *calls)
    assert kind == "unavailable"
    assert detail.startswith("pubmed unavailable from 10:02 UTC, it answered 503; ")
    assert detail.endswith("its lines of inquiry have other scholarly sources")
    assert not is_cut(calls)
    assert is_cut([DOWN])


def test_equal_losses_are_told_once() -> None:
    """Many calls refused for one reason are one line that names the first of them."""
    reason = "pubmed (scholarly): a person must approve it"
    denied = replace(CALL, outcome=Outcome.DENIED, detail=reason, fault="Refused")
    plan = Plan(branches=tuple(branch(n) for n in range(5)))
    assert said(plan, *(of(n, denied) for n in range(5))) == [
        ("call_denied", "pubmed (b0.s1, b1.s1, b2.s1 and 2 more): a person must approve it")
    ]


def test_a_stopped_run_says_why_and_how_much_was_left() -> None:
    """All calls that did not finish are one line."""
    why = "its deadline of 60 s passed"
    stopped = replace(CALL, outcome=Outcome.STOPPED, detail=why, fault="Exhausted")
    needing = replace(stopped, task="b1.s1.p1", detail=f"it needs b1.s1, which stopped: {why}", fault="")
    plan = Plan(branches=(branch(1),))
    assert said(plan, CALL, needing, stopped) == [("stopped", f"{why}: 2 calls were not finished, 1 were")]
    assert is_cut([CALL, stopped])


def test_a_source_that_cannot_be_used_is_named_and_cuts_nothing() -> None:
    """A dead link is a fact of the web, not a hole in the research."""
    dead = replace(CALL, tool="page", outcome=Outcome.FAILED, fault="Unusable", detail="it answered 404")
    plan = Plan(branches=(branch(1),))
    assert said(plan, dead) == [("call_failed", "page (b1.s1): it answered 404")]
    inward = replace(dead, fault="Refused", attempts=1, outcome=Outcome.DENIED)
    assert not is_cut([dead, replace(inward, task="b1.s2")])
    assert is_cut([replace(inward, attempts=0)])


@given(st.lists(st.sampled_from(list(Outcome)), min_size=1, max_size=12))
def test_nothing_is_lost_without_a_word(outcomes: list[Outcome]) -> None:
    """A run that is cut names at least one loss; one where every call was answered names none."""
    plan = Plan(branches=(branch(1),))
    calls = [replace(CALL, task=f"t{n}", outcome=outcome, detail="so") for n, outcome in enumerate(outcomes)]
    assert bool(said(plan, *calls)) == is_cut(calls)
