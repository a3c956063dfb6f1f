"""List the socket events that a page may send; any other event is dropped.

A capability that adds an event adds its line here; tests/security compares the table with the running server.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, ValidationError

from graph.errors import Refused
from graph.options import Mode
from ui.server.security.http_forms import CheckedForm, Line
from ui.server.security.identifiers import Id, RandomId

MOST_MESSAGE = 100_000
MOST_ATTACHED = 64
Choice = Line | int | float | bool | None


class OpenSession(CheckedForm):
    """Open a session: the values of a page when its socket connects."""

    session_id: RandomId
    client_type: Literal["webapp"]
    thread_id: Id | Literal[""] | None = ""
    user_env: Literal["{}", ""] | None = "{}"
    chat_profile: Literal[*Mode, ""] | None = ""  # type: ignore[valid-type]  # the modes, as literals


class WrittenMessage(CheckedForm):
    """Hold a person's message, under an id that the page made."""

    id: RandomId
    type: Literal["user_message"]
    output: Annotated[str, StringConstraints(max_length=MOST_MESSAGE)]
    created_at: Annotated[str, StringConstraints(max_length=64)]
    name: Line = "user"
    command: Annotated[str, StringConstraints(max_length=64)] | None = None


class AttachedFile(CheckedForm):
    """Name a file that was uploaded to this session."""

    id: Id


class ClientMessage(CheckedForm):
    """Send a message."""

    message: WrittenMessage
    file_references: Annotated[list[AttachedFile], Field(max_length=MOST_ATTACHED)] | None = None


class ChatSettings(CheckedForm):
    """Hold the choices of the settings panel, which are checked again where they are used."""

    budget: Choice = None
    sources: Annotated[list[Line], Field(max_length=MOST_ATTACHED)] | None = None
    approval: Choice = None
    release: Choice = None
    deadline: Choice = None
    together: Choice = None
    language: Choice = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SocketEvent:
    """Allow an event; `form` is what comes with it, None for nothing."""

    name: str
    form: type[CheckedForm] | None = None


EVENTS = (
    SocketEvent(name="connect", form=OpenSession),
    SocketEvent(name="connection_successful"),
    SocketEvent(name="client_message", form=ClientMessage),
    SocketEvent(name="chat_settings_change", form=ChatSettings),
    SocketEvent(name="stop"),
    SocketEvent(name="clear_session"),
    SocketEvent(name="disconnect"),
)

OFF_EVENTS = (
    "edit_message",
    "window_message",
    "chat_settings_edit",
    "fetch_favorites",
    "message_favorite",
    "audio_start",
    "audio_chunk",
    "audio_end",
)
"""What Chainlit hears and no screen of ours uses; it is not heard, as anything else that is in no line."""


def payload_of(event: SocketEvent, given: tuple[object, ...]) -> tuple[dict[str, object], ...]:
    """Return the checked payload of an event; raises Refused for any other."""
    if event.form is None:
        return ()
    try:
        (payload,) = given
        form = event.form.model_validate(payload)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise Refused(
            f"{event.name}: {where or 'what came with it'}: {first['msg']}: reload the page"
        ) from None
    except ValueError:
        raise Refused(f"{event.name}: it comes with one thing: reload the page") from None
    return (form.model_dump(by_alias=True, exclude_unset=True),)
