"""An account that asks for more money than it was given."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from graph.config.settings import Settings
from graph.options import Role
from graph.people.accounts import Account
from graph.people.policy_access import most_budget
from tests.ui.server.web.house import House, house
from ui.chat.conversation.run_choices import options

MOST = 1_000_000
OVER = "1.01"
REFUSED = "$1.01 is more than $1.00, the most your account may ask for"


async def waiting(opened: House, name: str) -> tuple[str, dict[str, Any]]:
    """Start a run that waits with its plan; return its id and the plan."""
    run_id = await opened.started(name, approve="ask")
    await opened.ended(run_id)
    pending = (await opened.caller(name).get(f"/api/runs/{run_id}/pending")).json()["pending"]
    return run_id, pending["plan"]


async def asked_for(opened: House, name: str, entrance: str) -> Any:  # noqa: ANN401 - a response
    """Ask for a little more than the operator gives, by one entrance of the API."""
    caller = opened.caller(name)
    if entrance == "body":
        body = {"question": "when did alpha open?", "options": {"budget_usd": OVER}}
        return await caller.post("/api/runs", json=body)
    run_id, plan = await waiting(opened, name)
    bodies = {
        "resume": {"budget_usd": OVER},
        "edit": {"decision": "edit", "budget_usd": OVER},
        "edit with a plan": {"decision": "edit", "plan": plan, "budget_usd": OVER},
    }
    path = "resume" if entrance == "resume" else "decision"
    return await caller.post(f"/api/runs/{run_id}/{path}", json=bodies[entrance])


@pytest.mark.parametrize("entrance", ["body", "resume", "edit", "edit with a plan"])
async def test_an_analyst_cannot_ask_for_more_than_the_operator_gives(tmp_path: Path, entrance: str) -> None:
    """By every entrance of the API the answer is one line, and the run spends under its old budget."""
    async with house(tmp_path) as opened:
        reply = await asked_for(opened, "ann", entrance)
        assert reply.status_code in {409, 422}
        assert REFUSED in reply.json()["detail"]
        shown = (await opened.caller("ann").get("/api/runs")).json()["runs"]
        assert {run["budget_usd"] for run in shown} <= {"1.00"}


@pytest.mark.parametrize("entrance", ["body", "resume", "edit"])
async def test_an_administrator_may(tmp_path: Path, entrance: str) -> None:
    """Whoever administers the installation raises a budget as before."""
    async with house(tmp_path) as opened:
        reply = await asked_for(opened, "root", entrance)
        assert reply.status_code in {201, 202}, reply.text


@pytest.mark.parametrize(("role", "most"), [(Role.VIEWER, MOST), (Role.ANALYST, MOST), (Role.ADMIN, None)])
def test_the_chat_and_the_api_ask_the_same_question(role: Role, most: int | None) -> None:
    """What a person may ask for comes from the role and the settings alone."""
    settings = Settings.from_environment({"ATTEST_BUDGET_USD": "1.00"})
    assert most_budget(Account(id="u-ann", name="ann", role=role), settings) == most


@pytest.mark.parametrize(("role", "share"), [(Role.ANALYST, 25), (Role.ADMIN, 0)])
def test_a_run_of_the_chat_carries_the_share_of_its_account(role: Role, share: int, tmp_path: Path) -> None:
    """Only runs of administrators have no share of the installation's cap."""
    settings = Settings.from_environment({"ATTEST_HOME": str(tmp_path)})
    made = options({"sources": ["web"]}, None, Account(id="u-ann", name="ann", role=role), settings, None)
    assert made.share == share
