"""What a person may choose."""

from __future__ import annotations

from pathlib import Path

from graph.config.settings import Settings
from graph.option_field import Entrance
from graph.options import Mode, run_options
from ui.chat.conversation.run_choices import IDS
from ui.chat.conversation.settings_panel import inputs, profiles


def test_there_is_a_profile_for_each_mode() -> None:
    """The modes of the command line are those of the chat, one of them the usual."""
    made = profiles()
    assert [each.name for each in made] == list(Mode)
    assert [each.name for each in made if each.default] == ["standard"]


def test_the_panel_offers_what_is_described(tmp_path: Path) -> None:
    """An option that people choose is an input of the panel, under its label, without a line in the chat."""
    made = Settings.from_environment({"ATTEST_HOME": str(tmp_path)})
    panel = {each.id: each.label for each in inputs(made)}
    for name, option in run_options(Entrance.CHAT).items():
        assert panel[IDS.get(name, name)] == option.about.label
