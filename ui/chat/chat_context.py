"""Hold what the handlers of the chat work with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from chainlit.context import context
from chainlit.session import BaseSession

from graph.config.settings import Settings
from graph.run.application import Application
from ui.chat.login.current_user import CurrentUser
from ui.chat.run_view.session_state import SessionState
from ui.server.background_runs import BackgroundRuns
from ui.server.server_context import ServerContext


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatContext:
    """Hold what a handler needs; `ui/app.py` makes the only one and passes it to each handler.

    `server` returns what the server has open; it raises RuntimeError before the start and after the end.
    """

    settings: Settings
    user: CurrentUser
    server: Callable[[], ServerContext]
    # A state goes with its session, which outlives a lost connection.
    _states: WeakKeyDictionary[BaseSession, SessionState] = field(default_factory=WeakKeyDictionary)

    @property
    def app(self) -> Application:
        """Return the application."""
        return self.server().app

    @property
    def runs(self) -> BackgroundRuns:
        """Return the runs of this process."""
        return self.server().runs

    @property
    def session(self) -> SessionState:
        """Return the state of the current session."""
        return self._states.setdefault(context.session, SessionState())
