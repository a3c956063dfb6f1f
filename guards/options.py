"""Are these the knobs of a run?"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pydantic import TypeAdapter, ValidationError

from graph.errors import Refused
from graph.options import Options, Role
from guards.language import NAMED, is_language

MOST_BUDGET = 1_000_000_000_000
MOST_NAME = 200
MOST_PRIORITY = 10
MOST_SHARE = 100
MOST_SECONDS = 86_400
_ROLES = tuple(Role)

_OPTIONS: TypeAdapter[Options] = TypeAdapter(Options)


def read_options(knobs: dict[str, Any], defaults: Options) -> Options:
    """Read the knobs of a run over the defaults; raise Refused, naming the first that is wrong."""
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
