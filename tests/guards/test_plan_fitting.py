from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph.records import Argument, Branch, Plan, Task
from guards.plan_fitting import Fitted, fitted
from guards.plan_form import is_plan_sound

PRICES = {"free": 0, "other": 0, "cheap": 10, "dear": 100, "dearest": 1_000}
MONEY = st.integers(min_value=0, max_value=9_000)


def task(name: str, tool: str, *needs: str, fallbacks: tuple[str, ...] = ()) -> Task:
    estimate = sum(PRICES[each] for each in (tool, *fallbacks))
    return Task(
        id=name, tool=tool, purpose="", arguments={}, needs=needs, fallbacks=fallbacks, estimate=estimate
    )


def branch(name: str, *tasks: Task, root: str = "") -> Branch:
    question = Argument(value=f"question {name}")
    return Branch(id=name, root=root or name, question=question, tasks=tasks)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Make up to four lines of inquiry, some of them follow-ups, of calls that need earlier ones."""
    branches: list[Branch] = []
    for at in range(draw(st.integers(1, 4))):
        tasks: list[Task] = []
        for number in range(draw(st.integers(1, 4))):
            tools = draw(st.lists(st.sampled_from(sorted(PRICES)), min_size=1, max_size=3, unique=True))
            earlier = [other.id for other in tasks]
            needs = draw(st.lists(st.sampled_from(earlier), max_size=2, unique=True)) if earlier else []
            tasks.append(task(f"b{at}.t{number}", tools[0], *needs, fallbacks=tuple(tools[1:])))
        roots = [None, *(other.id for other in branches if other.id == other.root)]
        branches.append(branch(f"b{at}", *tasks, root=draw(st.sampled_from(roots)) or ""))
    return Plan(branches=tuple(branches))


def asked(fit: Fitted) -> set[tuple[str, str]]:
    """Return every tool that may still be asked, with the call it is asked for."""
    tasks = [task for branch in fit.plan.branches for task in branch.tasks]
    return {(task.id, tool) for task in tasks for tool in (task.tool, *task.fallbacks)}


def owed(plan: Plan, kept: set[str]) -> set[str]:
    """Return the free calls that nothing dropped stands in the way of."""
    free: set[str] = set()
    alive = {b.id for b in plan.branches if any(t.id in kept for t in b.tasks)}
    for each in plan.branches:
        for one in each.tasks:
            is_free = not PRICES[one.tool]
            if is_free and kept.issuperset(one.needs) and each.root in alive | {each.id}:
                free.add(one.id)
    return free


@given(plans(), MONEY, MONEY)
def test_what_is_kept_can_be_paid_for_and_carried_out(plan: Plan, left: int, models: int) -> None:
    """A fitted plan is within the money, sound unless nothing remains, and says all it goes without."""
    fit = fitted(plan, PRICES, left, models)
    assert fit.plan.estimate <= left
    assert not fit.plan.branches or is_plan_sound(fit.plan, PRICES).allowed
    assert fit.plan.estimate == sum(PRICES[tool] for _, tool in asked(fit))
    assert bool(fit.cuts) == (plan.estimate + models > left)
    lost = {task.id for cut in fit.cuts for task in cut.lost}
    before, after = ({name for name, _ in asked(f)} for f in (Fitted(plan=plan), fit))
    assert lost == before - after


@given(plans(), MONEY, MONEY)
def test_free_calls_stay_unless_they_need_one_that_goes(plan: Plan, left: int, models: int) -> None:
    """A call that costs nothing is never dropped to save money."""
    kept = {name for name, _ in asked(fitted(plan, PRICES, left, models))}
    assert owed(plan, kept) <= kept


@given(plans(), MONEY, MONEY, MONEY)
def test_less_money_never_buys_more(plan: Plan, one: int, other: int, models: int) -> None:
    """Whatever is asked with less is asked with more."""
    less, more = (fitted(plan, PRICES, left, models) for left in sorted((one, other)))
    assert asked(less) <= asked(more)
    assert more.cuts == less.cuts[: len(more.cuts)]


@given(plans(), MONEY)
def test_stand_ins_are_back_once_there_is_money_for_them(plan: Plan, left: int) -> None:
    """A plan that was cut and is fitted to more has every stand-in of the calls it kept, and no other."""
    fit = fitted(plan, PRICES, left)
    again = fitted(fit.plan, PRICES, plan.estimate)
    kept = {name for name, _ in asked(fit)}
    assert asked(again) == {(name, tool) for name, tool in asked(Fitted(plan=plan)) if name in kept}
    assert again.cuts == ()


def test_the_cheapest_loss_is_taken_first() -> None:
    """Stand-ins go before calls that have another beside them, then models, then the last line of inquiry."""
    plan = Plan(
        branches=(
            branch("b1", task("t1", "free"), task("t2", "dear", fallbacks=("cheap", "dearest"))),
            branch("b2", task("t3", "dear"), task("t4", "free", "t3")),
        )
    )
    details = [cut.detail for cut in fitted(plan, PRICES, 0, 50).cuts]
    assert [detail.partition(",")[0] for detail in details] == [
        "dearest does not stand in for dear (t2)",
        "cheap does not stand in for dear (t2)",
        "dear is not asked (t2)",
        "models that read",
        "dear is not asked (t3)",
    ]
    assert details[-1].endswith(
        "which may cost $0.0001, and with it t4; so it is not looked into: question b2"
    )
    assert [fitted(plan, PRICES, left, 50).cuts[-1].detail for left in (260, 250, 150)] == details[:3]
    assert fitted(plan, PRICES, 1_360, 50) == Fitted(plan=plan)


def test_the_dearer_of_two_searches_gives_way_to_the_cheaper() -> None:
    """A line of inquiry keeps its cheapest search before models lose their money."""
    plan = Plan(branches=(branch("b1", task("t1", "cheap"), task("t2", "dear")),))
    fit = fitted(plan, PRICES, 20, 10)
    assert asked(fit) == {("t1", "cheap")}
    assert len(fit.cuts) == 1


def test_of_equally_dear_calls_the_last_line_of_inquiry_goes_first() -> None:
    """What was asked first is kept longest."""
    plan = Plan(branches=tuple(branch(f"b{at}", task(f"t{at}", "dear")) for at in (1, 2, 3)))
    assert asked(fitted(plan, PRICES, 100)) == {("t1", "dear")}


def test_a_follow_up_goes_with_the_line_it_follows() -> None:
    """A follow-up of a line that is no longer asked has nothing to add to."""
    plan = Plan(branches=(branch("b1", task("t1", "dear")), branch("b2", task("t2", "free"), root="b1")))
    fit = fitted(plan, PRICES, 0)
    assert fit.plan.branches == ()
    assert {task.id for cut in fit.cuts for task in cut.lost} == {"t1", "t2"}


def test_a_call_is_counted_at_what_its_tools_cost() -> None:
    """A planner that counts too little cannot get a plan past the cap."""
    unpriced = Task(id="t1", tool="dear", purpose="", arguments={}, fallbacks=("cheap",))
    fit = fitted(Plan(branches=(branch("b1", unpriced),)), PRICES, 100)
    assert fit.plan.estimate == 100
    assert asked(fit) == {("t1", "dear")}
