"""Define a setting, and read the kinds of values that several settings share."""

from __future__ import annotations

from dataclasses import dataclass

from graph.errors import Misconfigured
from graph.options import Role
from guards.language_code import NAMED, is_language


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Describe one environment variable."""

    name: str
    default: str
    purpose: str


_MOST_DIGITS = 18
"""A number with no more digits fits into 64 bits; Python refuses texts of thousands of digits."""


def whole(value: str) -> int | None:
    """Read a whole number of 64 bits, without a sign; None for anything else."""
    is_number = value.isascii() and value.isdigit() and len(value) <= _MOST_DIGITS
    return int(value) if is_number else None


MOST_AT_ONCE = 10_000


def counted(value: str, name: str) -> int:
    """Read a whole number from 1; raise Misconfigured, naming the setting."""
    if (number := whole(value)) is not None and 1 <= number <= MOST_AT_ONCE:
        return number
    raise Misconfigured(f"{name} is {value!r}: write a whole number from 1 to {MOST_AT_ONCE}")


def listed(value: str) -> tuple[str, ...]:
    """Read a list separated by commas; each entry counts once."""
    return tuple(dict.fromkeys(part.strip() for part in value.split(",") if part.strip()))


def role_named(value: str, name: str) -> Role:
    """Read a role; raise Misconfigured, naming the setting."""
    try:
        return Role(value)
    except ValueError:
        raise Misconfigured(f"{name} is {value!r}: write one of {', '.join(Role)}") from None


def chosen(value: str, name: str) -> bool:
    """Read yes or no; raise Misconfigured, naming the setting."""
    if value in {"yes", "no"}:
        return value == "yes"
    raise Misconfigured(f"{name} is {value!r}: write yes or no")


def language_named(value: str, name: str) -> str:
    """Read the code of a language, or nothing for any language; raise Misconfigured, naming the setting."""
    if value and not is_language(value):
        raise Misconfigured(f"{name} is {value!r}: {NAMED}")
    return value
