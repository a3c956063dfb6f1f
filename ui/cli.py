"""The command line. It starts fast: a command imports what it needs when it runs."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from graph.config.settings import hand_down, notices
from graph.errors import Misconfigured
from ui.commands import (
    ask,
    budget,
    chat,
    costs,
    doctor,
    home,
    resume,
    runs,
    show,
    stop,
    studio,
    tools,
    trust,
    users,
    verify,
)
from ui.terminal.exits import Command
from ui.terminal.fast_typer import CommandGroup
from ui.terminal.streams import answer, be_lenient, tell

SILENT = ("trust", "home", "doctor", "verify")
"""Commands that say more of the working folder themselves, or read no settings."""

# Without rich: help takes 0.1 s less.
app = typer.Typer(
    name="attest",
    cls=CommandGroup,
    help="Research documents and the web; every claim of the report is an exact passage of a source.",
    epilog='Start with: attest ask "your question" --docs ./documents',
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """Run the command line."""
    be_lenient()
    app(prog_name="attest")


def _version(*, asked: bool) -> None:
    if asked:
        from importlib.metadata import version  # noqa: PLC0415  # only this option needs it

        answer(f"attest {version('attest')}")
        raise typer.Exit


@app.callback()
def _options(
    ctx: typer.Context,
    *,
    version: Annotated[  # noqa: ARG001  # its callback answers
        bool,
        typer.Option(
            "--version",
            help="Print the version.",
            callback=lambda value: _version(asked=value),
            is_eager=True,
        ),
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", hidden=True)] = False,  # noqa: ARG001  # `Command` reads it
    env_file: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Read settings from this file, over your own; never from here."),
    ] = None,
) -> None:
    if env_file is not None:
        hand_down("ATTEST_ENV_FILE", str(env_file.expanduser().absolute()))
    if ctx.invoked_subcommand not in SILENT:
        with suppress(Misconfigured):  # the command says it, where it needs settings
            for line in notices():
                tell(f"attest: {line}")


def _add(command: Callable[..., None], example: str) -> None:
    app.command(cls=Command, epilog=f"\b\n{example}")(command)


_add(ask.ask, ask.EXAMPLE)
_add(chat.chat, chat.EXAMPLE)
_add(studio.studio, studio.EXAMPLE)
_add(runs.runs, runs.EXAMPLE)
_add(show.show, show.EXAMPLE)
_add(resume.resume, resume.EXAMPLE)
_add(stop.stop, stop.EXAMPLE)
_add(costs.costs, costs.EXAMPLE)
app.add_typer(budget.budget)
app.add_typer(users.users)
_add(verify.verify, verify.EXAMPLE)
_add(tools.tools, tools.EXAMPLE)
_add(doctor.doctor, doctor.EXAMPLE)
_add(trust.trust, trust.EXAMPLE)
_add(home.home, home.EXAMPLE)

if __name__ == "__main__":
    main()
