"""Bring Chainlit in, give it a home beside the test, and open sessions in it without a browser.

Importing it makes `.files` and `.chainlit` in `CHAINLIT_APP_ROOT`, and one of what it imports (traceloop, for
tracing) uses a deprecated form of pydantic's settings. Call `bring_in` in a conftest, before any import of
Chainlit.
"""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
import warnings
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import uuid4

if TYPE_CHECKING:
    import pytest
    from chainlit.data.base import BaseDataLayer
    from chainlit.session import WebsocketSession
    from chainlit.user import PersistedUser, User

_OLD_FORM = "Support for class-based `config` is deprecated"


def bring_in() -> None:
    """Import Chainlit into this process, once, with a home that goes with the process."""
    if "chainlit" in sys.modules:
        return
    home = tempfile.mkdtemp(prefix="chainlit-")
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    os.environ["CHAINLIT_APP_ROOT"] = home
    os.environ["CHAINLIT_AUTH_SECRET"] = "of tests alone, long enough to sign"  # noqa: S105
    with warnings.catch_warnings():
        # Only during this import, and only this one: traceloop is a dependency of a dependency.
        warnings.filterwarnings("ignore", message=_OLD_FORM, category=DeprecationWarning)
        import chainlit.server  # noqa: PLC0415 - after its home is known
        import chainlit.socket  # noqa: F401, PLC0415


def use(layer: BaseDataLayer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Chainlit keep its data in this layer for one test."""
    from chainlit import data  # noqa: PLC0415

    monkeypatch.setattr(data, "_data_layer", layer)
    monkeypatch.setattr(data, "_data_layer_initialized", True)


@dataclass(slots=True)
class Browser:
    """Stand for a browser: note what it is sent."""

    session: WebsocketSession
    sent: list[tuple[str, Any]] = field(default_factory=list)

    def of(self, event: str) -> list[Any]:
        """Return what was sent as this event."""
        return [data for name, data in self.sent if name == event]


def token_of(user: User | PersistedUser | None) -> str | None:
    """Return what Chainlit gives a browser that logs in as this user."""
    from chainlit import User  # noqa: PLC0415
    from chainlit.auth import create_jwt  # noqa: PLC0415

    return create_jwt(User(identifier=user.identifier, metadata=user.metadata)) if user else None


def browse(user: User | PersistedUser | None, thread: str | None = None) -> Browser:
    """Open a session of Chainlit's own, and make it the one this task speaks in."""
    from chainlit.context import init_ws_context  # noqa: PLC0415
    from chainlit.session import WebsocketSession  # noqa: PLC0415

    sent: list[tuple[str, Any]] = []

    async def emit(event: str, data: Any) -> None:  # noqa: ANN401 - whatever Chainlit sends
        sent.append((event, data))

    session = WebsocketSession(
        id=str(uuid4()),
        socket_id=str(uuid4()),
        emit=emit,  # type: ignore[arg-type]  # Chainlit awaits what it calls without a result
        emit_call=emit,  # type: ignore[arg-type]  # nobody here is asked and answers
        user_env={},
        client_type="webapp",
        user=user,
        token=token_of(user),
        thread_id=thread,
    )
    init_ws_context(session)
    return Browser(session=session, sent=sent)
