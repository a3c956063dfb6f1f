"""Read what a caller sets for a run, over what the operator set."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import PurePath
from typing import Any

from graph.errors import Misconfigured, Refused
from graph.options import Options
from graph.settings import Settings, micros
from guards.options import read_options
from ui.people.access import role_of_run, share_of
from ui.people.accounts import Account
from ui.web.forms import RunOptions, Usd
from ui.web.problems import Problem


def options_of(form: RunOptions, who: Account, settings: Settings) -> Options:
    """Return the options of a run; raises Problem 422 for what cannot be."""
    defaults = Options(
        docs=settings.docs,
        budget=settings.budget,
        sources=settings.sources,
        language=settings.language,
        role=role_of_run(who, settings.role),
        user=who.name,
        share=share_of(who, settings),
    )
    knobs: dict[str, Any] = form.model_dump(exclude_none=True, exclude={"docs", "budget_usd"})
    if form.docs is not None:
        knobs["docs"] = _folders(form.docs, settings.docs)
    if form.budget_usd is not None:
        knobs["budget"] = budget_of(form.budget_usd)
    try:
        return read_options(knobs, defaults)
    except Refused as refused:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(refused)) from None


def budget_of(dollars: Usd) -> int:
    """Return micro-dollars; raises Problem 422."""
    try:
        return micros(str(dollars), "budget_usd")
    except Misconfigured as wrong:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(wrong)) from None


def _folders(named: tuple[str, ...], listed: tuple[str, ...]) -> tuple[str, ...]:
    """Find folders by their names; a path from outside names nothing but a folder the operator listed."""
    by_name = {PurePath(path).name: path for path in listed}
    if unknown := [name for name in named if name not in by_name]:
        offered = ", ".join(sorted(by_name)) or "none: ATTEST_DOCS is empty"
        raise Problem(
            HTTPStatus.UNPROCESSABLE_ENTITY, f"docs: there is no folder {unknown[0]!r}: choose from {offered}"
        )
    return tuple(dict.fromkeys(by_name[name] for name in named))
