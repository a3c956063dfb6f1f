"""Are these the knobs of a run?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import PurePath
from typing import Any

from pydantic import TypeAdapter, ValidationError

from graph.errors import Refused
from graph.options import Options, Role
from guards.budget import usd
from guards.language_code import NAMED, is_language

MOST_BUDGET = 1_000_000_000_000
MOST_NAME = 200
MOST_PRIORITY = 10
MOST_SHARE = 100
MOST_SECONDS = 86_400
FREE = frozenset(
    ("docs", "mode", "budget", "approve", "sources", "priority", "deadline", "release", "language", "private")
)
"""What may be set by somebody who is not the operator; the rest is as it is in the bounds."""
_ROLES = tuple(Role)

_OPTIONS: TypeAdapter[Options] = TypeAdapter(Options)


def read_options(knobs: object, defaults: Options) -> Options:
    """Read the knobs of a run over the defaults; raise Refused, naming the first that is wrong."""
    knobs = _named(knobs)
    try:
        options = _OPTIONS.validate_python({**asdict(defaults), **knobs})
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "options"
        raise Refused(f"option {where}: {first['msg']}") from None
    if not 0 <= options.budget <= MOST_BUDGET:
        raise Refused("option budget: write micro-dollars from 0 to 1,000,000,000,000")
    if not 1 <= options.priority <= MOST_PRIORITY:
        raise Refused(f"option priority: write a number from 1 to {MOST_PRIORITY}")
    if not 0 <= options.deadline <= MOST_SECONDS:
        raise Refused(f"option deadline: write seconds from 0 to {MOST_SECONDS:,}; 0 sets none")
    if not 0 <= options.share <= MOST_SHARE:
        raise Refused(f"option share: write a percentage from 0 to {MOST_SHARE}; 0 sets none")
    if _ROLES.index(options.role) > _ROLES.index(defaults.role):
        raise Refused(f"option role: {options.role} is more than {defaults.role}, which ATTEST_ROLE allows")
    if not 0 < len(options.user) <= MOST_NAME:
        raise Refused(f"option user: write a name of 1 to {MOST_NAME} characters")
    if options.language and not is_language(options.language):
        raise Refused(f"option language: {NAMED}")
    return options


def read_bounded(knobs: object, bounds: Options) -> Options:
    """Read the knobs of somebody who is not the operator: the defaults are bounds, too.

    Documents are named by the last part of a path in the bounds. Raises Refused, naming the first that is
    wrong, more than its bound, or not theirs to set.
    """
    knobs = _named(knobs)
    for name, value in knobs.items():
        if name not in FREE and value != getattr(bounds, name, None):
            raise Refused(f"option {name}: the operator sets it here; leave it out")
    if "docs" in knobs:
        knobs = {**knobs, "docs": named_docs(knobs["docs"], bounds.docs)}
    options = read_options(knobs, bounds)
    if options.budget > bounds.budget:
        raise Refused(f"option {most_reason(options.budget, bounds.budget)}")
    return options


def _named(knobs: object) -> Mapping[str, Any]:
    if not isinstance(knobs, Mapping):
        raise Refused('options: write an object, as {"mode": "quick"}')
    return knobs


def named_docs(named: object, listed: tuple[str, ...]) -> tuple[str, ...]:
    """Return the paths of folders or files by their names; raise Refused for a name that is not listed."""
    by_name = {PurePath(path).name: path for path in listed}
    if not isinstance(named, list | tuple):
        raise Refused("docs: write a list of names")
    if unknown := [name for name in named if not isinstance(name, str) or name not in by_name]:
        offered = ", ".join(sorted(by_name)) or "none: ATTEST_DOCS is empty"
        raise Refused(f"docs: there is no folder {unknown[0]!r}: choose from {offered}")
    return tuple(dict.fromkeys(by_name[name] for name in named))


def most_reason(budget: int, most: int) -> str:
    """Say that a budget is too much; both in micro-dollars."""
    return f"budget: ${usd(budget)} is more than ${usd(most)}, the most there may be: write less"
