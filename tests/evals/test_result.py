"""Test the form every suite keeps its result in."""

from __future__ import annotations

import json
from io import StringIO

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from evals.result import Metric, SuiteResult, show, to_json

NUMBER = st.floats(allow_nan=False, allow_infinity=False)
METRICS = st.builds(
    Metric,
    name=st.text(),
    value=NUMBER,
    n=st.integers(0),
    low=NUMBER,
    high=NUMBER,
    floor=st.none() | NUMBER,
    target=st.none() | NUMBER,
    lower_is_better=st.booleans(),
)
RESULTS = st.builds(
    SuiteResult,
    suite=st.text(),
    data=st.text(),
    date=st.text(),
    metrics=st.lists(METRICS).map(tuple),
    cases=st.lists(st.dictionaries(st.text(), st.text() | st.lists(st.integers()))).map(tuple),
)


FORM = ["name", "value", "n", "low", "high", "floor", "target"]


@given(RESULTS)
def test_a_result_keeps_the_published_form(measured: SuiteResult) -> None:
    """The JSON has the keys of the form and nothing else, with every value as it was measured."""
    written = json.loads(json.dumps(to_json(measured)))
    assert list(written) == ["suite", "data", "date", "metrics", "cases", "passed"]
    assert [list(metric) for metric in written["metrics"]] == [FORM] * len(measured.metrics)
    assert [m["value"] for m in written["metrics"]] == [m.value for m in measured.metrics]
    assert written["cases"] == [dict(case) for case in measured.cases]


def metric(value: float, target: float | None, *, lower: bool = False) -> Metric:
    return Metric(
        name="m", value=value, n=3, low=0.1, high=0.9, floor=0.2, target=target, lower_is_better=lower
    )


def test_a_target_is_met_missed_or_absent() -> None:
    """At least the target meets it, or at most where lower is better."""
    assert metric(0.71, 0.71).met is True
    assert metric(0.70, 0.71).met is False
    assert metric(0.70, 0.71, lower=True).met is True
    assert metric(0.70, None).met is None


def test_the_table_shows_value_interval_floor_and_target() -> None:
    """The terminal shows each metric with everything needed to judge it."""
    out = StringIO()
    result = SuiteResult(suite="s", data="d", date="t", metrics=(metric(0.5, 0.4), metric(0.5, 0.6)))
    show(result, Console(file=out, width=120))
    for words in ("0.500", "0.100 to 0.900", "0.200", "0.400", " met", "missed", " 3 "):
        assert words in out.getvalue()
