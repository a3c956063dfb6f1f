"""attest ask."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from graph.config.setting_values import language_named
from graph.config.settings import Settings, micros
from graph.errors import Misconfigured, Refused
from graph.history import new_run_id
from graph.options import Options, run_options
from guards.request import is_request_allowed
from ui.commands.run_option_parameters import with_run_options
from ui.terminal.terminal_user import asker_named

EXAMPLE = 'Example: attest ask "How long do entries in Marlin live?" --docs evals/library/documents'

HELP = {name: option.about.help for name, option in run_options().items()}
Question = Annotated[str, typer.Argument(metavar="QUESTION", help="What you want to know.")]
Docs = Annotated[
    list[Path] | None,
    typer.Option(metavar="PATH", help=f"{HELP['docs']}; repeat it. [default: ATTEST_DOCS]"),
]
Sources = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME", help=f"{HELP['sources']}; repeat it, or write commas. [default: ATTEST_SOURCES]"
    ),
]
Language = Annotated[
    str | None,
    typer.Option(metavar="CODE", help=f"{HELP['language']}; '' for any. [default: ATTEST_LANGUAGE]"),
]
Budget = Annotated[
    str | None, typer.Option(metavar="USD", help=f"{HELP['budget']}. [default: ATTEST_BUDGET_USD]")
]
User = Annotated[str, typer.Option(metavar="NAME", help=f"{HELP['user']}.")]
Out = Annotated[Path | None, typer.Option(metavar="DIR", help="Where to publish. [default: reports/RUN]")]
RunId = Annotated[
    str | None, typer.Option(metavar="ID", help="Name the run; a known one goes on where it stopped.")
]


@with_run_options
def ask(  # noqa: PLR0913  # one parameter for each option of the command
    question: Question,
    *,
    docs: Docs = None,
    sources: Sources = None,
    language: Language = None,
    budget: Budget = None,
    user: User = "local",
    out: Out = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
    whole: Annotated[
        bool, typer.Option("--verbose", help="Print the whole report: quotes, offsets, hashes, cost, time.")
    ] = False,
    run_id: RunId = None,
    **described: Any,  # noqa: ANN401  # the other options of a run, each of the type its field has
) -> None:
    """Research a question and print the report.

    Exit code: 0 answered, 3 partly, 6 not answered, 2 no documents or misuse, 4 refused, 5 waits, 130 stopped
    """
    settings = Settings.from_environment()
    from ui.terminal.run_command import run  # noqa: PLC0415  # too slow to import for `attest --help`

    chosen = _sources(sources or settings.sources, documents=bool(docs))
    options = Options(
        docs=_documents(docs or settings.docs) if "documents" in chosen else (),
        sources=chosen,
        language=settings.language if language is None else language_named(language, "--language"),
        budget=settings.budget if budget is None else micros(budget, "--budget"),
        user=asker_named(settings, user),
        role=settings.role,
        **described,
    )
    asked, name = _allowed(question), run_id or new_run_id(time.time())
    run(settings, name, lambda app: app.run(asked, options, run_id=name), out, as_json=as_json, whole=whole)


def _sources(named: Sequence[str], *, documents: bool) -> tuple[str, ...]:
    """Return each source once, with documents where the command names some."""
    parts = [part.strip() for name in named for part in name.split(",") if part.strip()]
    return tuple(dict.fromkeys([*parts, *(["documents"] if documents else [])]))


def _documents(paths: Sequence[Path | str]) -> tuple[str, ...]:
    """Return absolute paths; raise Misconfigured when there is none, or one does not exist."""
    if not paths:
        raise Misconfigured(
            "there is nothing to research: name a folder with --docs, or look elsewhere with --sources web"
        )
    found = [Path(path).expanduser().resolve() for path in paths]
    for path in found:
        if not path.exists():
            raise Misconfigured(f"{path} does not exist: name a folder or a file that does with --docs")
    return tuple(dict.fromkeys(str(path) for path in found))


def _allowed(question: str) -> str:
    """Return the question; raise Refused with one line for a question that a run would refuse."""
    decision = is_request_allowed(question)
    if not decision.allowed:
        raise Refused(decision.reason)
    return question
