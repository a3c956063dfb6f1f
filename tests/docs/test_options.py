from __future__ import annotations

from graph.option_field import Entrance
from graph.options import run_options
from tests.docs.options import PAGE, table
from tests.ui.command_line import Attest, attest
from ui.server.web.api_forms import RunOptions

__all__ = ["attest"]  # the fixture that runs a command


def test_the_page_lists_every_option() -> None:
    """An option that was added, or is described in other words, is written into the page."""
    assert table() in PAGE.read_text(encoding="utf-8")


def test_every_option_is_described() -> None:
    """Whoever adds an option says what it does, and names it for the chat where the chat offers it."""
    assert all(option.about.help for option in run_options().values())
    assert all(option.about.label for option in run_options(Entrance.CHAT).values())


def test_the_command_offers_what_is_described(attest: Attest) -> None:  # the fixture itself
    """An option that commands offer has a parameter and its help, without a line in the command."""
    shown = " ".join(attest("ask", "--help").stdout.split())
    for name, option in run_options(Entrance.COMMAND).items():
        assert f"--{name} " in shown
        assert option.about.help in shown


def test_the_api_offers_what_is_described() -> None:
    """An option that callers set is a field of the form, with its help and its bounds."""
    properties = RunOptions.model_json_schema()["properties"]
    for name, option in run_options(Entrance.API).items():
        assert properties[name]["description"] == option.about.help
        assert str(option.about.most) in str(properties[name]) or option.about.most is None
