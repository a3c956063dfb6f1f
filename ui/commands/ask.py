"""attest ask."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from graph.errors import Misconfigured, Refused
from graph.options import Approve, Mode, Options
from graph.settings import Settings, micros
from guards.request import is_request_allowed

EXAMPLE = 'Example: attest ask "Which of our two plants opened first?" --docs ./documents --out ./answer'


def ask(  # noqa: PLR0913  # one parameter for each option of the command
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="What you want to know.")],
    *,
    docs: Annotated[
        list[Path] | None,
        typer.Option(metavar="PATH", help="A folder or file to research; repeat it. [default: ATTEST_DOCS]"),
    ] = None,
    mode: Annotated[Mode, typer.Option(help="How far to go.")] = Mode.STANDARD,
    budget: Annotated[
        str | None, typer.Option(metavar="USD", help="The most to spend. [default: ATTEST_BUDGET_USD]")
    ] = None,
    user: Annotated[str, typer.Option(metavar="NAME", help="Who asks.")] = "local",
    approve: Annotated[Approve, typer.Option(help="`ask` shows you the plan before anything is done.")] = (
        Approve.AUTO
    ),
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where to publish. [default: reports/RUN]")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
    run_id: Annotated[
        str | None, typer.Option(metavar="ID", help="Name the run; a known one goes on where it stopped.")
    ] = None,
) -> None:
    """Research a question and print the report.

    Exit code: 0 complete, 3 partial, 4 refused, 5 waiting for you, 2 misuse.
    """
    settings = Settings.from_environment()
    options = Options(
        docs=_documents([str(path) for path in docs or ()] or settings.docs),
        mode=mode,
        budget=settings.budget if budget is None else micros(budget, "--budget"),
        user=user,
        approve=approve,
    )
    from ui import research  # noqa: PLC0415  # too slow to import for `attest --help`

    asked = research.Asked(question=_allowed(question), options=options, run_id=run_id)
    raise typer.Exit(research.ask(settings, asked, out, as_json=as_json))


def _documents(paths: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """Return absolute paths; raise Misconfigured when there is none, or one does not exist."""
    if not paths:
        raise Misconfigured("there is nothing to research: name a folder with --docs or set ATTEST_DOCS")
    found = [Path(path).expanduser().resolve() for path in paths]
    for path in found:
        if not path.exists():
            raise Misconfigured(f"{path} does not exist: name a folder or a file that does with --docs")
    return tuple(dict.fromkeys(str(path) for path in found))


def _allowed(question: str) -> str:
    """Return the question; raise Refused here too, where one line says what is wrong with it."""
    decision = is_request_allowed(question)
    if not decision.allowed:
        raise Refused(decision.reason)
    return question
