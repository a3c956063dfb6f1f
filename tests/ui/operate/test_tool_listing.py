"""A person sees which tools there are, and whether each can be used."""

import json
import re
from datetime import UTC, datetime

import pytest
from pydantic import BaseModel

from graph.tool import Group, ToolSpec, ToolState
from tests.ui.command_line import Attest
from tests.ui.fake_app import FakeApp
from ui.operate.tool_listing import table

NOW = 1_767_323_045.0


def state(name: str, **given: object) -> ToolState:
    return ToolState(spec=spec(name), **given)  # type: ignore[arg-type]


def spec(name: str, group: Group = Group.WEB, price: int = 0, purpose: str = "search the web") -> ToolSpec:
    return ToolSpec(
        name=name,
        version="1",
        purpose=purpose,
        arguments=BaseModel,
        group=group,
        price=price,
        at_once=2,
        rate="3/second" if price else "",
    )


def test_each_tool_has_a_line(fake: FakeApp, attest: Attest) -> None:
    """Name, group, state, price, limits, success and purpose stand in columns, and looking is no failure."""
    fake.known = (
        ToolState(spec=spec("web.paid", price=5_000), missing="ATTEST_PAID_KEY"),
        ToolState(spec=spec("documents.search", Group.DOCUMENTS), calls=120, done=116),
    )
    shown = attest("tools")
    assert shown.exit_code == 0
    assert [re.split(r"  +", line) for line in shown.stdout.splitlines()] == [
        ["NAME", "GROUP", "STATE", "PRICE", "LIMITS", "SUCCESS", "PURPOSE"],
        ["documents.search", "documents", "ready", "$0.00", "2 at once", "97 % of 120", "search the web"],
        [
            *("web.paid", "web", "no key: set ATTEST_PAID_KEY", "$0.005"),
            *("2 at once, 3/second", "-", "search the web"),
        ],
    ]


def test_tools_stand_by_group_then_price_then_name(fake: FakeApp, attest: Attest) -> None:
    """The cheapest of a group comes first, as a fallback would take them."""
    fake.known = (
        ToolState(spec=spec("z", Group.MCP)),
        ToolState(spec=spec("c", price=9)),
        ToolState(spec=spec("b")),
        ToolState(spec=spec("a", price=9)),
        ToolState(spec=spec("d", Group.DOCUMENTS, price=99)),
    )
    assert [tool["name"] for tool in json.loads(attest("tools", "--json").stdout)] == [*"dbacz"]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ({}, "ready"),
        ({"missing": "ATTEST_X_KEY"}, "no key: set ATTEST_X_KEY"),
        ({"missing": "ATTEST_X_URL", "open_until": NOW + 60}, "no URL: set ATTEST_X_URL"),
        ({"missing": "ATTEST_CONTACT"}, "no value: set ATTEST_CONTACT"),
        ({"open_until": NOW - 1}, "ready"),
    ],
)
def test_the_state_says_what_to_do(given: dict[str, object], shown: str) -> None:
    """What is missing names its setting; a breaker whose time is up is no obstacle."""
    _, line = table([state("a", **given)], NOW, 200)
    assert re.split(r"  +", line)[2] == shown


def test_an_open_breaker_says_until_when() -> None:
    """The time is the one on the person's clock."""
    _, line = table([state("a", open_until=NOW + 60)], NOW, 200)
    until = datetime.fromtimestamp(NOW + 60, UTC).astimezone()
    assert f"  breaker open until {until:%H:%M:%S}  " in line


def test_a_purpose_cannot_break_the_table() -> None:
    """A foreign server's words are cut to the width, on one line, and act on nothing."""
    hostile = ToolState(spec=spec("mcp.x", Group.MCP, purpose="read\n\x1b[31m" + "long " * 100))
    head, line = table([hostile], NOW, 90)
    assert max(len(head), len(line)) <= 90
    assert "read ␛[31mlong" in line
    assert line.endswith("…")


def test_machines_read_the_tools_as_json(fake: FakeApp, attest: Attest) -> None:
    """Each state is one word, and figures are figures."""
    fake.known = (
        ToolState(spec=spec("a", price=5_000), open_until=9e9, calls=4, done=1),
        state("b", missing="ATTEST_B_URL"),
    )
    b, a = json.loads(attest("tools", "--json").stdout)
    assert (a["state"], a["open_until"], a["price_usd"], a["calls"], a["done"]) == (
        "open",
        9e9,
        "0.005",
        4,
        1,
    )
    assert (b["state"], b["missing"], b["rate"], b["at_once"]) == ("missing", "ATTEST_B_URL", None, 2)
