"""attest budget."""

from __future__ import annotations

import time
from typing import Annotated

import typer

from graph.caps import Cap, Scope, Window
from graph.config.settings import Settings, micros
from graph.errors import Misconfigured
from ui.terminal.exits import Command
from ui.terminal.fast_typer import CommandGroup

EXAMPLE = "Example: attest budget set user=ann --per day 5.00"
NONE = "none"
_NAMED = (Scope.USER, Scope.TOOL, Scope.MODEL)

budget = typer.Typer(
    name="budget",
    cls=CommandGroup,
    help="Cap what may be spent in any hour or day.",
    epilog=f"\b\n{EXAMPLE}",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@budget.command(
    "set",
    cls=Command,
    epilog="\b\nExamples:\n"
    "  attest budget set all 20.00                     # the whole installation, in any 24 hours\n"
    "  attest budget set user 2.00 --per hour          # each user by itself\n"
    "  attest budget set user=ann 5.00                 # ann, instead of what each user may\n"
    "  attest budget set tool=tavily.search none       # no cap of its own any more\n"
    "Example: attest budget set model=gemini-2.5-pro --per hour 1.50",
)
def set_cap(
    bounded: Annotated[
        str,
        typer.Argument(
            metavar="SCOPE[=SUBJECT]", help="all, user, tool or model; or one user, tool or model by name."
        ),
    ],
    amount: Annotated[str, typer.Argument(metavar="USD|none", help="The most to spend; none: no cap.")],
    *,
    per: Annotated[Window, typer.Option(help="How far back spending counts, from any moment.")] = Window.DAY,
) -> None:
    """Set or remove a cap; it holds from the next paid call on, in runs under way too."""
    scope, subject = _bounded(bounded)
    removed = amount.lower() == NONE
    most = 0 if removed else micros(amount, "USD")
    cap = Cap(scope=scope, subject=subject, window=per, micros=most)
    from ui.operate import cap_settings  # noqa: PLC0415  # `attest --help` need not wait for it

    settings, now = Settings.from_environment(), time.time()
    cap_settings.remove(settings, cap) if removed else cap_settings.put(settings, cap, now)


@budget.command(cls=Command, epilog="\b\nExample: attest budget show --json")
def show(*, as_json: Annotated[bool, typer.Option("--json", help="Print the caps as JSON.")] = False) -> None:
    """Show every cap, how much of it is used now, and when the first of that is free again."""
    from ui.operate import cap_settings  # noqa: PLC0415  # `attest --help` need not wait for it

    cap_settings.show(Settings.from_environment(), time.time(), as_json=as_json)


def _bounded(text: str) -> tuple[Scope, str]:
    """Read SCOPE[=SUBJECT]; raises Misconfigured."""
    word, named, subject = text.partition("=")
    if word == Scope.RUN:
        raise Misconfigured("the cap of a run is its budget: attest ask --budget USD, or ATTEST_BUDGET_USD")
    if word not in set(Scope) or (named and (not subject or word not in _NAMED)):
        raise Misconfigured(
            f"{text!r} names nobody whose spending can be capped: write all, user, tool or model, "
            "or one of them by name, as user=ann"
        )
    return Scope(word), subject
