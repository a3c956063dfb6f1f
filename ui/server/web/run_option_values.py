"""Read the options of a run over the defaults of the operator."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from graph.config.settings import Settings, micros
from graph.errors import Misconfigured, Refused
from graph.options import Options
from graph.people.accounts import Account
from graph.people.policy_access import role_of_run, share_of
from guards.option_bounds import named_docs, read_options
from ui.server.web.api_forms import RunOptions, Usd
from ui.server.web.problems import Problem


def options_of(form: RunOptions, who: Account, settings: Settings) -> Options:
    """Return the options of a run; raises Problem 422 for an invalid one."""
    defaults = Options(
        docs=settings.docs,
        budget=settings.budget,
        sources=settings.sources,
        language=settings.language,
        role=role_of_run(who, settings.role),
        user=who.id,
        share=share_of(who, settings),
    )
    knobs: dict[str, Any] = form.model_dump(exclude_none=True, exclude={"docs", "budget_usd"})
    if form.budget_usd is not None:
        knobs["budget"] = budget_of(form.budget_usd)
    try:
        if form.docs is not None:
            knobs["docs"] = named_docs(form.docs, settings.docs)
        return read_options(knobs, defaults)
    except Refused as refused:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(refused)) from None


def budget_of(dollars: Usd) -> int:
    """Return micro-dollars; raises Problem 422."""
    try:
        return micros(str(dollars), "budget_usd")
    except Misconfigured as wrong:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(wrong)) from None
