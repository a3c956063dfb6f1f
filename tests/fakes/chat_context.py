"""Make what the handlers of the chat work with, around a server that is open."""

from __future__ import annotations

from graph.people.policy_access import Access
from graph.people.sessions import Sessions
from ui.chat.chat_context import ChatContext
from ui.chat.login.current_user import CurrentUser
from ui.server.server_context import ServerContext


def chat_of(server: ServerContext, sessions: Sessions) -> ChatContext:
    """Return the context, under the policies of the release."""
    user = CurrentUser(sessions=sessions, access=Access(None), settings=server.settings)
    return ChatContext(settings=server.settings, user=user, server=lambda: server)
