"""Say what a page of the chat may send over HTTP; what is not named here does not reach Chainlit."""

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
    """Hold what was checked; it is written anew for whoever reads it next."""

    model_config = ConfigDict(alias_generator=to_camel, frozen=True)


class SessionForm(CheckedForm):
    """Name the session that a page sits at: it must be one of the person who asks."""

    session_id: RandomId


class SessionQuery(SessionForm):
    """Name a session in the address, as Chainlit writes it there."""

    session_id: RandomId = Field(alias="session_id")


class StickySession(CheckedForm):
    """Name a session that may not be there yet, for whoever spreads requests over servers."""

    session_id: RandomId = Field(alias="session_id")


class Handshake(CheckedForm):
    """Open or use a connection of the page: no other transports, and no script in place of an answer."""

    transport: Literal["polling", "websocket"] = "polling"
    version: Literal["4"] | None = Field(default=None, alias="EIO")
    sid: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")] | None = None


class PressedAction(CheckedForm):
    """Describe a button that was pressed, or what an element asks for."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    payload: dict[str, Any]
    id: Line | None = None
    label: Line = ""
    tooltip: Line = ""


class CallAction(SessionForm):
    """Press a button."""

    action: PressedAction


class FeedbackForm(CheckedForm):
    """Say what a person thinks of an answer."""

    for_id: Id
    value: Literal[0, 1]
    id: Id | None = None
    comment: Annotated[str, StringConstraints(max_length=MOST_COMMENT)] | None = None


class SendFeedback(SessionForm):
    """Rate an answer."""

    feedback: FeedbackForm


class DeleteFeedback(CheckedForm):
    """Take a rating back."""

    feedback_id: Id


class ListPage(CheckedForm):
    """Say which part of a list to show."""

    first: Annotated[int, Field(ge=1, le=100)]
    cursor: Cursor | None = None


class ThreadFilter(CheckedForm):
    """Say which threads to list."""

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
