"""Say who sits at the current session."""

from __future__ import annotations

import chainlit as cl

from graph.options import Role
from ui.chat.choices import Asker

ROLE = "role"


def asker() -> Asker:
    """Return the account of the current session."""
    user = cl.user_session.get("user")
    if user is None:
        raise RuntimeError("nobody is logged in: the chat always asks for a login")
    return Asker(name=user.identifier, role=role_of(user))


def role_of(user: cl.User) -> Role:
    """Return the role of a user; one that is not known is a viewer."""
    role = (user.metadata or {}).get(ROLE)
    return Role(role) if role in set(Role) else Role.VIEWER


def user_of(name: str, role: Role) -> cl.User:
    """Return the user that Chainlit keeps for an account."""
    return cl.User(identifier=name, display_name=name, metadata={ROLE: str(role)})
