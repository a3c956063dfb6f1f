"""Find the run of a request; a run of another person is as unknown as one that does not exist."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, Path

from graph.history import RunRow
from graph.people.accounts import Account
from guards.policy.access import Action
from ui.server.web.api_context import ApiContext
from ui.server.web.callers import Caller, Context, demand
from ui.server.web.problems import Problem

MOST_ID = 200
RunId = Annotated[str, Path(max_length=MOST_ID, description="The id of a run, as POST /api/runs gave it.")]


async def readable(run_id: RunId, context: Context, who: Caller) -> RunRow:
    """Return a run that the caller may read; raises Problem 404 for every other."""
    row = await context.served().app.stored(run_id) if run_id.isprintable() else None
    if row is None or not context.access.may(who, Action.READ_RUN, row.options.user):
        raise Problem(HTTPStatus.NOT_FOUND, "there is no such run: GET /api/runs lists yours")
    return row


Readable = Annotated[RunRow, Depends(readable)]


def demand_of(context: ApiContext, who: Account, action: Action, row: RunRow) -> None:
    """Raise Problem 403 unless the caller may do that with a run it may read."""
    demand(context, who, action, row.options.user)
