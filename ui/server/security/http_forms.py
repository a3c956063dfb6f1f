"""Define what a chat page may send over HTTP; nothing else reaches Chainlit."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_camel

from ui.server.security.identifiers import ID, Id, RandomId

MOST_SEARCHED = 1_000
MOST_COMMENT = 10_000
Line = Annotated[str, StringConstraints(max_length=1_000)]
Cursor = Annotated[str, StringConstraints(pattern=rf"^[0-9][0-9.e+-]{{0,40}} {ID}$")]


class CheckedForm(BaseModel):
    """Hold checked values, which are written anew for the next reader."""

    model_config = ConfigDict(alias_generator=to_camel, frozen=True)


class SessionForm(CheckedForm):
    """Name the session of a page; it must belong to the person who asks."""

    session_id: RandomId


class SessionQuery(SessionForm):
    """Name a session in the query, as Chainlit writes it."""

    session_id: RandomId = Field(alias="session_id")


class StickySession(CheckedForm):
    """Name a session that may not exist yet, for a load balancer."""

    session_id: RandomId = Field(alias="session_id")


class Handshake(CheckedForm):
    """Open or use a socket connection; no other transports, and no JSONP."""

    transport: Literal["polling", "websocket"] = "polling"
    version: Literal["4"] | None = Field(default=None, alias="EIO")
    sid: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")] | None = None


class PressedAction(CheckedForm):
    """Describe a pressed button, or the request of an element."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    payload: dict[str, Any]
    id: Line | None = None
    label: Line = ""
    tooltip: Line = ""


class CallAction(SessionForm):
    """Press a button."""

    action: PressedAction


class FeedbackForm(CheckedForm):
    """Hold a person's rating of an answer."""

    for_id: Id
    value: Literal[0, 1]
    id: Id | None = None
    comment: Annotated[str, StringConstraints(max_length=MOST_COMMENT)] | None = None


class SendFeedback(SessionForm):
    """Rate an answer."""

    feedback: FeedbackForm


class DeleteFeedback(CheckedForm):
    """Delete a rating."""

    feedback_id: Id


class ListPage(CheckedForm):
    """Choose the page of a list."""

    first: Annotated[int, Field(ge=1, le=100)]
    cursor: Cursor | None = None


class ThreadFilter(CheckedForm):
    """Choose the threads to list."""

    search: Annotated[str, StringConstraints(max_length=MOST_SEARCHED)] | None = None
    feedback: Literal[0, 1] | None = None


class ListThreads(CheckedForm):
    """List threads."""

    pagination: ListPage
    filter: ThreadFilter = ThreadFilter()


class DeleteThread(CheckedForm):
    """Delete a thread."""

    thread_id: Id


class RenameThread(CheckedForm):
    """Rename a thread."""

    thread_id: Id
    name: Line
