"""A button works for a person who may read the run, and for nobody else, whatever is sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from graph.errors import Refused
from graph.options import Role
from graph.people.accounts import Account
from tests.ui.chat.report_view import reports
from tests.ui.chat.report_view.reading_app import ANN, BOB, ROOT, ReadingApp, owned, report_access, requests
from ui.chat.report_view.report_requests import ReportRequests, answered
from ui.chat.report_view.source_view import View

RUN = reports.disputed()["run_id"]
ASKED: list[tuple[str, dict[str, Any]]] = [
    ("citation", {"run": RUN, "number": 1}),
    ("more", {"run": RUN, "number": 1, "side": "after", "at": 5}),
    ("look", {"run": RUN, "figure": "claims", "dark": True}),
]


def answers(seated: ReportRequests, name: str) -> Callable[[dict[str, Any]], Any]:
    """Return what answers a button of that name."""
    return {"citation": seated.citation, "more": seated.more, "look": seated.look}[name]


@pytest.mark.parametrize("reader", [ANN, ROOT], ids=["the owner", "an admin"])
@pytest.mark.parametrize(
    ("name", "payload"), ASKED, ids=lambda value: value if isinstance(value, str) else ""
)
async def test_owner_and_admin_are_answered(reader: Account, name: str, payload: dict[str, Any]) -> None:
    """The report is looked up in the store: no session has to remember it."""
    assert await answers(requests(reports.disputed(), reader), name)(payload)


@pytest.mark.parametrize(
    "reader",
    [BOB, None, Account(id="u-bob", name="bob", role=Role.VIEWER)],
    ids=["another", "nobody", "a viewer"],
)
@pytest.mark.parametrize(
    ("name", "payload"), ASKED, ids=lambda value: value if isinstance(value, str) else ""
)
async def test_a_forged_button_of_somebody_else_is_refused(
    reader: Account | None, name: str, payload: dict[str, Any]
) -> None:
    """Another user, and a person who is not logged in, does not learn whether the run exists."""
    strange = requests(reports.disputed(), reader)
    with pytest.raises(Refused) as refused:
        await answers(strange, name)(payload)
    with pytest.raises(Refused) as unknown:
        await answers(strange, name)({**payload, "run": "no-such-run"})
    assert str(refused.value).replace(RUN, "") == str(unknown.value).replace("no-such-run", "")


async def test_a_run_that_goes_on_has_no_report_to_read() -> None:
    """Its owner is told so in one line."""
    with pytest.raises(Refused, match="no finished run"):
        await requests(None).citation({"run": RUN, "number": 1})


@pytest.mark.parametrize(
    ("name", "payload"),
    [
        ("citation", {}),
        ("citation", {"run": 7, "number": 1}),
        ("citation", {"run": RUN}),
        ("citation", {"run": RUN, "number": "1"}),
        ("citation", {"run": RUN, "number": True}),
        ("citation", {"run": RUN, "number": -1}),
        ("citation", {"run": RUN, "number": 99}),
        ("more", {"run": RUN, "number": 1, "side": "both", "at": 0}),
        ("more", {"run": RUN, "number": 1, "side": "after"}),
        ("more", {"run": RUN, "number": 1, "side": "after", "at": -5}),
        ("look", {"run": RUN, "figure": "../../etc"}),
        ("look", {"run": RUN}),
    ],
    ids=str,
)
async def test_a_malformed_payload_is_refused_in_one_line(name: str, payload: dict[str, Any]) -> None:
    """Whatever a browser sends, the answer is a line for a person and no traceback."""

    async def asked() -> View:
        found: View = await answers(requests(reports.disputed()), name)(payload)
        return found

    answer = await answered(asked())
    assert set(answer) == {"refused"}
    assert "\n" not in answer["refused"]


async def test_a_text_that_is_not_stored_any_more_ends_in_a_line() -> None:
    """Reading on in a source that is gone says so; the citation itself is still shown, with a warning."""
    app = ReadingApp(rows=[owned(reports.disputed())], kept={})
    seated = ReportRequests(access=report_access(app))
    assert (await seated.citation({"run": RUN, "number": 1}))["sound"] is False
    with pytest.raises(Refused, match="not stored"):
        await seated.more({"run": RUN, "number": 1, "side": "after", "at": 0})


async def test_the_report_given_out_is_the_stored_one() -> None:
    """Nothing is changed on the way."""
    app = ReadingApp(rows=[owned(reports.disputed())])
    assert await report_access(app).report(RUN) == reports.disputed()
