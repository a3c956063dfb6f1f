"""End a command with an exit code and one line that says what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import Any

import typer
from typer.core import TyperCommand

from graph.errors import AttestError, Busy, Misconfigured, Refused
from guards.visible_text import one_line
from ui.terminal.fast_typer import FastConversion
from ui.terminal.streams import tell


class Code(IntEnum):
    """Name the exit codes."""

    ANSWERED = 0
    DONE = 0  # of a command that answers no question
    UNEXPECTED = 1
    MISUSE = 2
    PARTLY = 3
    REFUSED = 4
    WAITING = 5
    UNANSWERED = 6
    BUSY = 7
    STOPPED = 130


@contextmanager
def in_one_line() -> Iterator[None]:
    """End the process with one line for an error that an operator must fix."""
    try:
        yield
    except AttestError as error:
        tell(f"attest: {error}")
        raise SystemExit(code_of(error)) from None


class Command(FastConversion, TyperCommand):
    """Turn what a command raises into a line and an exit code; `attest --debug` shows the traceback."""

    def invoke(self, ctx: Any) -> object:  # noqa: ANN401  # its type is private to typer
        """Run the command."""
        try:
            return super().invoke(ctx)
        except (typer.Exit, typer.Abort):
            raise
        except KeyboardInterrupt as stopped:
            tell(_advised("stopped", stopped))
            raise typer.Exit(Code.STOPPED) from None
        except Exception as error:
            if ctx.find_root().params.get("debug"):
                raise
            tell(f"attest: {_advised(_line(error), error)}")
            raise typer.Exit(code_of(error)) from None


def _line(error: Exception) -> str:
    if isinstance(error, AttestError):
        return one_line(str(error))
    shown = one_line(f"{type(error).__name__}: {error}")
    return f"unexpected {shown}; `attest --debug …` shows where"


def _advised(line: str, error: BaseException) -> str:
    return "; ".join([line, *getattr(error, "__notes__", ())])


def code_of(error: Exception) -> Code:
    """Return the exit code for an error: misuse, a busy run, a refusal or anything else."""
    if isinstance(error, Misconfigured):
        return Code.MISUSE
    if isinstance(error, Busy):
        return Code.BUSY
    return Code.REFUSED if isinstance(error, Refused) else Code.UNEXPECTED
