"""What the handlers of the chat work with."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.options import Role
from graph.people.accounts import Account
from graph.people.policy_access import Access
from tests.fakes.app import settings
from tests.fakes.chainlit_home import browse
from tests.fakes.people import known
from ui.chat.chat_context import ChatContext
from ui.chat.login.current_user import CurrentUser
from ui.server.server_context import ServerLifetime

ANN = Account(id="u-ann", name="ann", role=Role.ANALYST)


async def test_each_session_has_a_state_of_its_own_and_the_server_is_looked_up_when_needed(
    tmp_path: Path,
) -> None:
    """A session finds its state again, no other shares it, and a context may be made before the start."""
    made = settings(tmp_path)
    with known(tmp_path) as people:
        user = CurrentUser(sessions=people.sessions, access=Access(None), settings=made)
        server = ServerLifetime(made)
        chat = ChatContext(settings=made, user=user, server=server.context)
        with pytest.raises(RuntimeError, match="nothing is served"):
            _ = chat.app
        browse(None)
        first = chat.session
        assert chat.session is first
        browse(None)
        assert chat.session is not first
        await server.open()
        assert (chat.app, chat.runs) == (server.context().app, server.context().runs)
        await server.close()
