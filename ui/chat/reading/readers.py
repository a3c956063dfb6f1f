"""Give out the report of a run, to those who may read it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from graph.errors import Refused
from graph.options import Role
from graph.records import Decision
from guards.access import AccessQuestion, AccessRules, Action
from tools.path.rulebook import Rulebook
from ui.session import App

Judge = Callable[[AccessQuestion], Decision]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Name who asks to read; `role` as the policies know it."""

    name: str
    role: str = Role.VIEWER


def reader_of(identifier: str, metadata: Mapping[str, Any] | None) -> Reader:
    """Return the reader that a login stands for; a role that is not known is a viewer's."""
    role = (metadata or {}).get("role")
    return Reader(name=identifier, role=role if role in set(Role) else Role.VIEWER)


async def report_for(app: App, judge: Judge, reader: Reader | None, run_id: str) -> dict[str, Any]:
    """Return the report of a run; raise Refused for a run that is unknown, unfinished or somebody else's.

    What a stranger asks for and what does not exist are refused in the same words.
    """
    unknown = Refused(f"you have no finished run {run_id}: open it from your own history")
    if reader is None:
        raise unknown
    try:
        row = await app.row(run_id)
    except Refused:
        raise unknown from None
    owner = row.options.user
    question = AccessQuestion(person=reader.name, role=reader.role, action=Action.READ_RUN, owner=owner)
    if not judge(question).allowed or row.report is None:
        raise unknown
    return row.report


def judge_of(policies: Path | None) -> Judge:
    """Return what decides who may read which run; `policies` is the operator's folder of Cedar rules."""
    return lambda question: _rulebook(policies).rules().is_access_allowed(question)


@cache
def _rulebook(policies: Path | None) -> Rulebook[AccessRules]:
    return Rulebook(AccessRules, policies, section="people", clock=time.time)
