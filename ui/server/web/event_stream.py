"""Listen to a run: GET /api/runs/{run_id}/events, as server-sent events."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncGenerator, AsyncIterator
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Request, Response
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.types import Receive, Scope, Send

from graph.errors import AttestError, Refused
from graph.events import Event, Finished, Waiting
from graph.history import RunRow
from graph.records import Status
from guards.policy.access import Action
from guards.visible_text import one_line
from ui.server.background_runs import BackgroundRun, NumberedEvent
from ui.server.web.api_context import ApiContext
from ui.server.web.callers import Bearer, Caller, Context, account_of
from ui.server.web.event_json import event_json
from ui.server.web.listener_access import while_welcome
from ui.server.web.requested_run import Readable

router = APIRouter(tags=["runs"])

_LOG = logging.getLogger(__name__)
PING_SECONDS = 15
MOST_ID = 200
After = Annotated[str, Query(max_length=MOST_ID, description="The id of the last event that was heard.")]
LastId = Annotated[str | None, Header(alias="Last-Event-ID", max_length=MOST_ID)]

_EVENT = {"type": "object", "properties": {name: {"type": "string"} for name in ("id", "event", "data")}}
_STREAM: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/event-stream": {"schema": _EVENT}}, "description": "Its events; data is JSON."},
    204: {"description": "Everything was heard: do not come back."},
}


@router.get("/api/runs/{run_id}/events", response_class=Response, responses=_STREAM)
async def listen(
    row: Readable,
    context: Context,
    caller: Caller,
    request: Request,
    bearer: Bearer,
    after: After = "",
    last: LastId = None,
) -> Response:
    """Tell what a run does: what was heard after an event, then what comes, to its end or its question.

    A run that nobody works on is taken up first. It ends when the caller's login or token does.
    """
    since = last or after

    async def is_welcome() -> bool:
        who = await account_of(request, context, bearer)
        return who is not None and context.access.may(who, Action.READ_RUN, row.options.user)

    carried = await _taken_up(context, row)
    if carried is None:
        heard = _after(await _stored(context, row), since)
        if not heard:
            return Response(status_code=HTTPStatus.NO_CONTENT)
        return EventStream(context, caller.id, _each(heard))
    return EventStream(context, caller.id, while_welcome(carried.follow(since), is_welcome))


async def _taken_up(context: ApiContext, row: RunRow) -> BackgroundRun | None:
    """Return the background run, resuming it if need be; None for a run that ended or waits."""
    served = context.served()
    carried = served.runs.find(row.id)
    if carried and not carried.ended:
        return carried
    current = await served.app.stored(row.id)
    if current is None or current.status is not Status.RUNNING:
        return None
    try:
        return await served.runs.begin(row.id, served.app.resume(row.id), asker=row.options.user)
    except Refused:
        if (other := served.runs.find(row.id)) and not other.ended:
            return other  # somebody else came at the same time
        raise


async def _stored(context: ApiContext, row: RunRow) -> list[NumberedEvent]:
    """Return the known events of a run that nobody works on: all of this process, or the last one."""
    served = context.served()
    current = await served.app.stored(row.id) or row
    last = await _last(context, current)
    carried = served.runs.find(row.id)
    heard = [each async for each in carried.follow()] if carried and not carried.failed else []
    if heard and heard[-1].event == last:
        return heard
    return [NumberedEvent(id=f"stored-{current.updated:.6f}.1", event=last, at=current.updated)]


async def _last(context: ApiContext, row: RunRow) -> Event:
    if row.report is not None:
        return Finished(report=row.report)
    question = await context.served().app.pending(row.id)
    if question is None:
        raise Refused(f"run {row.id} is {row.status}, and nothing is known of its end: ask again")
    return Waiting(kind=str(question["kind"]), question=question)


def _after(heard: list[NumberedEvent], since: str) -> list[NumberedEvent]:
    places = [place for place, each in enumerate(heard, start=1) if each.id == since]
    return heard[places[0] :] if places else heard


async def _each(heard: list[NumberedEvent]) -> AsyncGenerator[NumberedEvent, None]:
    for each in heard:
        yield each


class EventStream(EventSourceResponse):
    """Stream events to one of the listeners of an account."""

    def __init__(self, context: ApiContext, account: str, heard: AsyncIterator[NumberedEvent]) -> None:
        super().__init__(_told(context, heard), ping=PING_SECONDS)
        self._listeners, self._account = context.listeners, account

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer; raises TooManyAtOnce before anything is sent."""
        with self._listeners.held(self._account):
            await super().__call__(scope, receive, send)


async def _told(
    context: ApiContext, heard: AsyncIterator[NumberedEvent]
) -> AsyncGenerator[ServerSentEvent, None]:
    """Write events; a failure of the run is an event too, and the listener may come back."""
    since = context.clock()
    try:
        with context.metrics.count_listener():
            async for each in heard:
                if each.at >= since:
                    context.metrics.observe_lag(context.clock() - each.at)
                yield ServerSentEvent(event_json(each.event), event=each.event.type, id=each.id)
    except AttestError as error:
        yield ServerSentEvent(json.dumps({"detail": one_line(str(error))}), event="problem")
    except Exception:  # noqa: BLE001  # whatever ended the run, the stream has begun and says so
        _LOG.exception("a run failed")
        yield ServerSentEvent(json.dumps({"detail": "the run failed: it can be resumed"}), event="problem")
