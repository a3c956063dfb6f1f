"""Are these options that a run may have, and does this installation have the sources that they name?"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from pathlib import PurePath
from typing import Any

from pydantic import TypeAdapter, ValidationError

from graph.errors import Refused
from graph.option_field import RunOption
from graph.options import Options, Role, run_options
from graph.records import Decision
from guards.budget import usd
from guards.language_code import NAMED, is_language

MOST_NAME = 200
FREE = frozenset(name for name, option in run_options().items() if option.about.free)
"""What somebody who is not the operator may set; the rest is as it is in the bounds."""
_NUMBERS = [option for option in run_options().values() if option.about.most is not None]
_ROLES = tuple(Role)

_OPTIONS: TypeAdapter[Options] = TypeAdapter(Options)


def read_options(given: object, defaults: Options) -> Options:
    """Read the options of a run over the defaults; raise Refused, naming the first that is wrong."""
    given = _named(given)
    try:
        options = _OPTIONS.validate_python({**asdict(defaults), **given})
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "options"
        raise Refused(f"option {where}: {first['msg']}") from None
    for number in _NUMBERS:
        _check_bounds(number, getattr(options, number.name))
    if _ROLES.index(options.role) > _ROLES.index(defaults.role):
        raise Refused(f"option role: {options.role} is more than {defaults.role}, which ATTEST_ROLE allows")
    if not 0 < len(options.user) <= MOST_NAME:
        raise Refused(f"option user: write a name of 1 to {MOST_NAME} characters")
    if options.language and not is_language(options.language):
        raise Refused(f"option language: {NAMED}")
    return options


def _check_bounds(option: RunOption, value: float) -> None:
    least, most = option.about.least, option.about.most or math.inf
    if not least <= value <= most:
        what, none = option.about.unit or "a number", "; 0 sets none" if option.default == 0 else ""
        raise Refused(f"option {option.name}: write {what} from {least} to {most:,}{none}")


def read_bounded(given: object, bounds: Options) -> Options:
    """Read the options of somebody who is not the operator: the defaults are bounds, too.

    Documents are named by the last part of a path in the bounds. Raises Refused, naming the first that is
    wrong, more than its bound, or not theirs to set.
    """
    given = _named(given)
    for name, value in given.items():
        if name not in FREE and value != getattr(bounds, name, None):
            raise Refused(f"option {name}: the operator sets it here; leave it out")
    if "docs" in given:
        given = {**given, "docs": named_docs(given["docs"], bounds.docs)}
    options = read_options(given, bounds)
    if options.budget > bounds.budget:
        raise Refused(f"option {most_reason(options.budget, bounds.budget)}")
    return options


def _named(given: object) -> Mapping[str, Any]:
    if not isinstance(given, Mapping):
        raise Refused('options: write an object, as {"mode": "quick"}')
    return given


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


def are_sources_known(sources: Sequence[str], known: Collection[str]) -> Decision:
    """Refuse a run that names no source, or one that this installation does not have."""
    if not sources:
        return Decision(allowed=False, reason=f"no sources are named: name some of {_listed(known)}")
    if lost := next((source for source in sources if source not in known), ""):
        return Decision(
            allowed=False,
            reason=f"there is no source {lost!r} here: name some of {_listed(known)}, or see attest tools",
        )
    return Decision(allowed=True)


def _listed(known: Collection[str]) -> str:
    return ", ".join(sorted(known))
