"""The folder of the files of a session."""

from __future__ import annotations

from pathlib import Path

import chainlit as cl
import pytest
from chainlit import config

from graph.errors import Refused
from tests.fakes.chainlit_home import browse
from ui.chat.chainlit.session_folder import files_dir, owner_of


async def test_a_folder_is_right_below_that_of_the_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An id that names another place, and a link in the place of the folder, are refused."""
    monkeypatch.setattr(config, "FILES_DIRECTORY", tmp_path)
    session = browse(None).session
    assert files_dir(session) == tmp_path / session.id
    (tmp_path / session.id).symlink_to(tmp_path)
    with pytest.raises(Refused, match="reload the page"):
        files_dir(session)
    for strange in ("..", "../other", "/etc", ""):
        session.id = strange
        with pytest.raises(Refused, match="reload the page"):
            files_dir(session)


async def test_the_owner_of_a_session_is_its_account() -> None:
    """Nobody owns a session without a person, and none that does not exist."""
    assert owner_of(browse(cl.User(identifier="u-ann")).session.id) == "u-ann"
    assert owner_of(browse(None).session.id) is None
    assert owner_of("unknown") is None
