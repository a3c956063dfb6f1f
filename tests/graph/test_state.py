from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph.records import Call, Outcome
from graph.state import enter, join, join_calls

ITEMS = st.lists(st.integers(0, 9)).map(tuple)
CALLS = st.lists(
    st.builds(
        Call,
        task=st.sampled_from("abc"),
        branch=st.just("b"),
        tool=st.just("x"),
        outcome=st.sampled_from(Outcome),
        started=st.just(0.0),
        ended=st.just(0.0),
    )
).map(tuple)


@given(ITEMS, ITEMS, ITEMS)
def test_join_is_associative_idempotent_and_loses_nothing(
    a: tuple[int, ...], b: tuple[int, ...], c: tuple[int, ...]
) -> None:
    """Branches may arrive in any grouping, and twice, without changing what is known."""
    assert join(join(a, b), c) == join(a, join(b, c))
    assert join(join(a, b), b) == join(a, b)
    assert set(join(a, b)) == set(a) | set(b)


@given(CALLS, CALLS)
def test_a_task_has_one_call_and_the_latest_stands(a: tuple[Call, ...], b: tuple[Call, ...]) -> None:
    """However often a branch is re-run, each of its tasks stands once in the record."""
    joined = {call.task: call for call in join_calls(a, b)}
    assert len(joined) == len(join_calls(a, b))
    for call in b:
        assert joined[call.task] == [c for c in b if c.task == call.task][-1]


@given(
    st.dictionaries(st.sampled_from("ab"), st.floats()), st.dictionaries(st.sampled_from("ab"), st.floats())
)
def test_a_phase_is_entered_once(first: dict[str, float], second: dict[str, float]) -> None:
    """The first moment stands, whatever comes later."""
    entered = enter(first, second)
    assert all(entered[phase] is first[phase] for phase in first)
    assert set(entered) == set(first) | set(second)
