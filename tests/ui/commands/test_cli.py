"""The command line explains itself."""

from importlib.metadata import version

import pytest

from tests.ui.command_line import Attest

COMMANDS = ("ask", "runs", "show", "resume", "stop", "verify", "tools", "doctor")


def test_help_lists_every_command(attest: Attest) -> None:
    """A person finds what there is, and how to begin."""
    shown = attest("--help").stdout
    assert all(f"\n  {command} " in shown for command in COMMANDS)
    assert 'Start with: attest ask "your question"' in shown


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_an_example(attest: Attest, command: str) -> None:
    """Help ends with a line that can be copied."""
    result = attest(command, "--help")
    assert result.exit_code == 0
    assert result.stdout.rstrip().splitlines()[-1].startswith(f"  Example: attest {command}")


def test_the_version_is_the_installed_one(attest: Attest) -> None:
    """What is printed is what is installed."""
    assert attest("--version").stdout == f"attest {version('attest')}\n"


@pytest.mark.parametrize(
    "arguments", [("ask",), ("bake",), ("runs", "--limit", "0"), ("ask", "q", "--mode", "x")]
)
def test_what_cannot_be_parsed_is_misuse(attest: Attest, arguments: tuple[str, ...]) -> None:
    """Mistakes on the command line end with exit code 2."""
    assert attest(*arguments).exit_code == 2
