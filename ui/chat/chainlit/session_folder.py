"""Keep the files of a session in a folder of its own, directly below that of the process."""

from __future__ import annotations

from pathlib import Path

from chainlit import config
from chainlit.session import BaseSession, WebsocketSession

from graph.errors import Refused
from ui.server.security.identifiers import is_session_id


def confine_session_files() -> None:
    """Make Chainlit write and delete session files only in the folder that `files_dir` returns."""
    BaseSession.files_dir = property(files_dir)  # type: ignore[assignment,method-assign]


def files_dir(session: BaseSession) -> Path:
    """Return the folder of a session; raise Refused for an id that would lead elsewhere."""
    folder: Path = config.FILES_DIRECTORY / session.id
    if not is_session_id(session.id) or folder.is_symlink():
        raise Refused("the id of this session is none that our page makes: reload the page")
    return folder


def owner_of(session_id: str) -> str | None:
    """Return the id of the account of a session; None for an unknown session."""
    session = WebsocketSession.get_by_id(session_id)
    return session.user.identifier if session and session.user else None
