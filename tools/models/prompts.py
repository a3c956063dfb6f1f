"""Keep the prompts of the roles, each versioned by its content, and mark the text of sources in them."""

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


_LENGTH = 12


def fenced(text: str) -> str:
    """Return the text between two lines with the same mark, which does not occur in it.

    The mark is a hash of the text. The author of a source cannot know it, and a run that is resumed sends the
    same words again.
    """
    mark, seed = "", text
    while not mark or mark in text:
        seed = hashlib.sha256(seed.encode(errors="surrogatepass")).hexdigest()
        mark = seed[:_LENGTH]
    return f"<<<data {mark}\n{text}\ndata {mark}>>>"
