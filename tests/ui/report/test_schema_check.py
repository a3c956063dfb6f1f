"""The published schemas are strict, and what departs from one is named."""

import copy
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ui.report import examples
from tests.ui.report.test_verify_report import json_values, paths
from ui.report.schema_check import departures

PUBLISHED = json.loads(Path("graph/report/report.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(PUBLISHED)
EARLIER = json.loads(Path("graph/report/report-1.schema.json").read_text(encoding="utf-8"))


def changed(path: tuple[Any, ...], value: object) -> dict[str, Any]:
    """Return the example with another value at a place."""
    report = copy.deepcopy(examples.report())
    node: Any = report
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = value
    return report


def test_the_schema_is_a_schema() -> None:
    """The published files are valid by the draft they name."""
    jsonschema.Draft202012Validator.check_schema(PUBLISHED)
    jsonschema.Draft202012Validator.check_schema(EARLIER)


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
    """A report as runs make it is valid, and so is one that an earlier release made."""
    VALIDATOR.validate(examples.report())
    jsonschema.Draft202012Validator(EARLIER).validate(examples.earlier())
    assert departures(examples.report()) == departures(examples.earlier()) == []


def test_what_comes_later_has_its_room() -> None:
    """Place, wording, formula and a second finding of a text are optional, and each is checked."""
    report = examples.report()
    report["claims"][0] |= {"wording": "checked", "formula": "[1] - [2]"}
    place = {"page": 3, "section": ["Limits", "Calls"], "sheet": "Plan", "row": 7, "slide": 2}
    report["claims"][0]["citations"][0]["place"] = place
    found = {**report["sources"][0], "author": None, "language": "en"}
    report["sources"][0]["also_found_at"] = [{k: v for k, v in found.items() if k != "id"}]
    assert departures(report) == []
    for path, value in (("page", 0), ("section", []), ("row", "7"), ("chapter", 1)):
        report["claims"][0]["citations"][0]["place"] = {path: value}
        assert departures(report), path


@pytest.mark.parametrize("status", ["answered", "partly answered", "not answered"])
def test_an_empty_answer_is_never_called_answered(status: str) -> None:
    """A report that claims nothing cannot say that it answers."""
    report = {**examples.report(), "claims": [], "status": status}
    assert VALIDATOR.is_valid(report) is (status != "answered")


CLAIM = ("claims", 0)
CITATION = (*CLAIM, "citations", 0)
MISFITS: list[tuple[tuple[Any, ...], Any]] = [
    (("schema",), "attest.report/1"),
    (("reason",), ""),
    (("run_id",), "../../etc"),
    (("run_id",), ""),
    (("status",), "complete"),
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
    ((*CITATION, "sentence"), [0]),
    ((*CITATION, "sentence"), [0, -1]),
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
    if path != ("schema",):
        assert departures(report)


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


@given(st.sampled_from([p for p in paths(examples.report())[1:] if p != ("schema",)]), json_values)
def test_what_departs_is_named_in_a_line(path: tuple[Any, ...], value: object) -> None:
    """Whatever jsonschema refuses is named in a short line, and nothing more is refused but line ends."""
    report = changed(path, value)
    named = departures(report)
    assert not named if VALIDATOR.is_valid(report) else named
    assert all(len(line) < 400 for line in named)


def test_a_departure_repeats_no_value() -> None:
    """A value of a megabyte, or ten thousand names, are named in a line each."""
    report = {**examples.report(), "question": ["x" * 1_000_000], **dict.fromkeys(map(str, range(10_000)))}
    named = departures(report)
    assert "report.question: is not string" in named
    assert "report: '0' is not part of the format" in named
    assert all(len(line) < 100 for line in named)


def test_a_line_end_does_not_slip_past_a_pattern() -> None:
    """An id that ends with a line end is no id, although Python's $ would let it pass."""
    assert departures(changed(("audit_head",), "a" * 64 + "\n"))


def _parts(node: object) -> list[dict[str, Any]]:
    members = list(node.values()) if isinstance(node, dict) else node if isinstance(node, list) else []
    own = [node] if isinstance(node, dict) else []
    return own + [part for member in members for part in _parts(member)]
