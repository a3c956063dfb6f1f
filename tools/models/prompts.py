"""Keep the prompts of the roles, each versioned by its content."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from graph.errors import Misconfigured

_VERSION = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """Hold the fixed part of what a role says to a model; `version` is the start of its sha256."""

    name: str
    text: str
    version: str

    @property
    def tag(self) -> str:
        """Return what a call records, as `reader@1f3a9c2e`."""
        return f"{self.name}@{self.version}"


@cache
def prompt(name: str) -> Prompt:
    """Read `nodes/prompts/<name>.md` once; raise Misconfigured when it is not installed.

    Roles ask for theirs when they are made, so that no run waits for the disk.
    """
    file = files("nodes") / "prompts" / f"{name}.md"
    if not file.is_file():
        raise Misconfigured(f"the prompt {name}.md is missing: install the package again")
    text = file.read_text(encoding="utf-8").strip()
    return Prompt(name=name, text=text, version=hashlib.sha256(text.encode()).hexdigest()[:_VERSION])
