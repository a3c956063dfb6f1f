"""Write an event of a run as JSON; text of a model is marked as unchecked."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from graph.events import Event
from graph.untrusted import Untrusted


def event_json(event: Event) -> str:
    """Return an event as JSON on one line, in ASCII: nothing in it acts on a terminal."""
    return json.dumps({each.name: _plain(getattr(event, each.name)) for each in fields(event)} | _mark(event))


def _plain(value: Any) -> Any:  # noqa: ANN401  # JSON, or text on its way into it
    return value.reveal() if isinstance(value, Untrusted) else value


def _mark(event: Event) -> dict[str, bool]:
    unchecked = any(isinstance(getattr(event, each.name), Untrusted) for each in fields(event))
    return {"unchecked": True} if unchecked else {}
