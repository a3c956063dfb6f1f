"""Start a run: POST /api/runs."""

from __future__ import annotations

import asyncio
import hashlib
from http import HTTPStatus
from typing import Annotated
from weakref import WeakValueDictionary

from fastapi import APIRouter, Header, Response

from graph.errors import Refused
from graph.history import RunRow, new_run_id
from graph.options import Options
from graph.people.accounts import Account
from guards.policy.access import Action
from guards.request import is_request_allowed
from ui.server.security.concurrency_limit import TooManyAtOnce
from ui.server.web.api_context import ApiContext
from ui.server.web.api_forms import NewRun, RunShown, shown
from ui.server.web.callers import Caller, Context, demand
from ui.server.web.problems import Problem
from ui.server.web.run_option_values import options_of
from ui.server.web.strict_body import StrictRoute

router = APIRouter(tags=["runs"], route_class=StrictRoute)

Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=255,
        pattern=r"^[\x21-\x7e]+$",
        description="The same key and body give the same run, whenever they are sent again.",
    ),
]

# Two requests of one key must not both find nothing; the lock is of the loop, and goes with its last holder.
_KEYS: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()


@router.post("/api/runs", status_code=HTTPStatus.CREATED)
async def start_run(
    form: NewRun, response: Response, context: Context, who: Caller, key: Key = None
) -> RunShown:
    """Start a run; it goes on whether anybody listens or not."""
    demand(context, who, Action.RESEARCH)
    decision = is_request_allowed(form.question)
    if not decision.allowed:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, decision.reason)
    options = options_of(form.options, who, context.settings)
    run_id = _run_of(who, key) if key else new_run_id(context.clock())
    async with _KEYS.setdefault(run_id, asyncio.Lock()):
        row = await context.served().app.stored(run_id) if key else None
        if row is None:
            row = await _begun(context, run_id, form.question, options, context.most_budget(who))
        elif not _is_same(row, form.question, options):
            raise Problem(
                HTTPStatus.CONFLICT,
                "this Idempotency-Key was sent with another question or other options: use a new one",
            )
    response.headers["Location"] = f"/api/runs/{run_id}"
    carried = context.served().runs.find(run_id)
    return shown(row, under_way=bool(carried and not carried.ended))


async def _begun(
    context: ApiContext, run_id: str, question: str, options: Options, most: int | None
) -> RunRow:
    """Start a new run; an error at its start becomes a problem for the caller."""
    served = context.served()
    try:
        events = served.app.run(question, options, run_id=run_id, most=most)
        await served.runs.begin(run_id, events, asker=options.user)
    except TooManyAtOnce:
        raise
    except Refused as refused:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(refused)) from None
    row = await served.app.stored(run_id)
    if row is None:
        raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, "the run was not stored: send it again")
    return row


def _run_of(who: Account, key: str) -> str:
    """Return the run id of an idempotency key: stable over restarts, and different for each person."""
    return f"key-{hashlib.sha256(f'{who.id} {key}'.encode()).hexdigest()[:24]}"


def _is_same(row: RunRow, question: str, options: Options) -> bool:
    """Compare a repeated request with the stored one; the role is that of the start."""
    asked = (question, options.docs, options.mode, options.budget, options.approve)
    was = (row.question, row.options.docs, row.options.mode, row.options.budget, row.options.approve)
    places = (options.sources, options.language, options.deadline)
    return asked == was and places == (row.options.sources, row.options.language, row.options.deadline)
