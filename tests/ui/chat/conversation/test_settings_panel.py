"""What a person may choose."""

from __future__ import annotations

from graph.options import Mode
from ui.chat.conversation.settings_panel import profiles


def test_there_is_a_profile_for_each_mode() -> None:
    """The modes of the command line are those of the chat, one of them the usual."""
    made = profiles()
    assert [each.name for each in made] == list(Mode)
    assert [each.name for each in made if each.default] == ["standard"]
