"""Describe an option of a run once, for every entrance that offers it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field, dataclass, field
from enum import StrEnum
from typing import Any

_KEY = "about"


class Entrance(StrEnum):
    """Name an entrance that makes its input for an option from the option's description."""

    COMMAND = "command"
    API = "api"
    CHAT = "chat"


EVERYWHERE = frozenset(Entrance)


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionField:
    """Describe an option: `help` is one sentence without its full stop.

    A number lies between `least` and `most`, in `unit`. The chat shows `label`, `note` (or the help) and the
    words of `choices` by value, and sets `initial` (else the default). `entrances` make their input from this
    description; any other offers the option in a form of its own, or not at all. An option that is not `free`
    is set by the operator alone.
    """

    help: str
    label: str = ""
    note: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    initial: str = ""
    unit: str = ""
    least: int = 0
    most: int | None = None
    free: bool = False
    entrances: frozenset[Entrance] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOption:
    """Hold an option of a run: its name, the type of its value, its default and its description."""

    name: str
    kind: Any
    default: Any
    about: OptionField


def about(description: OptionField) -> dict[str, OptionField]:
    """Return the metadata of a field with this description."""
    return {_KEY: description}


def described(option: Field[Any]) -> OptionField:
    """Return the description of a field."""
    found: OptionField = option.metadata[_KEY]
    return found
