"""The command line. It starts fast: a command imports what it needs when it runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from ui.commands import (
    ask,
    budget,
    chat,
    costs,
    doctor,
    resume,
    runs,
    show,
    stop,
    tools,
    users,
    verify,
)
from ui.exits import Command
from ui.lean import Commands
from ui.terminal import answer, be_lenient

# Without rich: help takes 0.1 s less.
app = typer.Typer(
    name="attest",
    cls=Commands,
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
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            help="Print the version.",
            callback=lambda value: _version(asked=value),
            is_eager=True,
        ),
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", hidden=True)] = False,
) -> None:
    pass


def _add(command: Callable[..., None], example: str) -> None:
    app.command(cls=Command, epilog=f"\b\n{example}")(command)


_add(ask.ask, ask.EXAMPLE)
_add(chat.chat, chat.EXAMPLE)
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

if __name__ == "__main__":
    main()
