"""The published schema is strict, and our reader of it agrees with jsonschema."""

import copy
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.citations import examples
from tests.citations.test_verify_report import json_values, paths
from ui.conformance import Schema

PUBLISHED = json.loads(Path("graph/report.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(PUBLISHED)


def changed(path: tuple[Any, ...], value: object) -> dict[str, Any]:
    """Return the example with another value at a place."""
    report = copy.deepcopy(examples.report())
    node: Any = report
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = value
    return report


def test_the_schema_is_a_schema() -> None:
    """The published file is valid by the draft it names."""
    jsonschema.Draft202012Validator.check_schema(PUBLISHED)


def test_every_object_is_closed() -> None:
    """No object of the format takes members it does not describe."""
    objects = [part for part in _parts(PUBLISHED) if part.get("type") == "object"]
    assert len(objects) >= 7
    assert all("additionalProperties" in part for part in objects)


def test_every_member_is_described_by_its_unit() -> None:
    """Offsets say that they count code points."""
    start = PUBLISHED["$defs"]["citation"]["properties"]["start"]["description"]
    assert "Unicode code points" in start


def test_the_example_fits() -> None:
    """A report as runs make it is valid."""
    VALIDATOR.validate(examples.report())


CLAIM = ("claims", 0)
CITATION = (*CLAIM, "citations", 0)
MISFITS: list[tuple[tuple[Any, ...], Any]] = [
    (("schema",), "attest.report/2"),
    (("run_id",), "../../etc"),
    (("run_id",), ""),
    (("status",), "done"),
    (("extra",), 1),
    ((*CLAIM, "verdict"), "true"),
    ((*CLAIM, "confidence"), 1.01),
    ((*CLAIM, "confidence"), True),
    ((*CLAIM, "text"), ""),
    ((*CLAIM, "note"), "x"),
    ((*CITATION, "source"), "A" * 64),
    ((*CITATION, "source"), "a" * 63),
    ((*CITATION, "start"), -1),
    ((*CITATION, "start"), "0"),
    ((*CITATION, "start"), 0.5),
    ((*CITATION, "end"), 0),
    ((*CITATION, "quote"), ""),
    (("sources", 0, "id"), "../" + "a" * 61),
    (("sources", 0, "published"), "last week"),
    (("sources", 0, "retrieved_at"), "2026-01-02"),
    (("sources", 0, "location"), ""),
    (("unknowns", 0, "kind"), ""),
    (("cost", "usd"), "0.0"),
    (("cost", "usd"), "1,00"),
    (("cost", "usd"), 0.0),
    (("cost", "calls"), -1),
    (("cost", "by_tool"), {"t": 1}),
    (("cost", "by_model"), {"\x1b[31m": "0.00"}),
    (("timings", "phases"), {"THINKING": 1.0}),
    (("timings", "seconds"), -0.1),
    (("timings", "started"), "2026-01-02T03:04:05+02:00"),
    (("audit_head",), ""),
]


@pytest.mark.parametrize(("path", "value"), MISFITS)
def test_a_misfit_is_refused(path: tuple[Any, ...], value: object) -> None:
    """Each of these mistakes is one the schema catches."""
    report = changed(path, value)
    assert not VALIDATOR.is_valid(report)
    assert Schema(PUBLISHED).departures(report)


@pytest.mark.parametrize("path", [path for path in paths(examples.report())[1:] if isinstance(path[-1], str)])
def test_nothing_can_be_left_out(path: tuple[Any, ...]) -> None:
    """Every member is required, but the names of tools and phases."""
    report = copy.deepcopy(examples.report())
    node: Any = report
    for key in path[:-1]:
        node = node[key]
    del node[path[-1]]
    optional = path[-2:-1] in {("by_tool",), ("phases",)}
    assert VALIDATOR.is_valid(report) == optional


@given(st.sampled_from(paths(examples.report())[1:]), json_values)
def test_our_reader_agrees_with_jsonschema(path: tuple[Any, ...], value: object) -> None:
    """The small reader accepts nothing that jsonschema refuses, and refuses nothing more but line ends."""
    report = changed(path, value)
    ours, theirs = Schema(PUBLISHED).departures(report), VALIDATOR.is_valid(report)
    assert not ours if theirs else ours


def test_an_unknown_keyword_is_an_error() -> None:
    """A rule that our reader would silently skip stops it instead."""
    with pytest.raises(KeyError, match="uniqueItems"):
        Schema({**PUBLISHED, "uniqueItems": True}).departures({})


def test_a_line_end_does_not_slip_past_a_pattern() -> None:
    """An id that ends with a line end is no id, although Python's $ would let it pass."""
    assert Schema(PUBLISHED).departures(changed(("audit_head",), "a" * 64 + "\n"))


def _parts(node: object) -> list[dict[str, Any]]:
    members = list(node.values()) if isinstance(node, dict) else node if isinstance(node, list) else []
    own = [node] if isinstance(node, dict) else []
    return own + [part for member in members for part in _parts(member)]
