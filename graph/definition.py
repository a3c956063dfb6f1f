"""Hold the definition of a tool, as a person approves it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field

from graph.immutable import Frozen


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint(Frozen):
    """Identify a version of a tool by the parts of its definition, each as it is or as a digest."""

    tool: str
    parts: dict[str, str]

    @property
    def digest(self) -> str:
        """Return one sha256 of all parts, in hexadecimal."""
        return hashlib.sha256(json.dumps(self.parts, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition(Frozen):
    """Hold what a person is shown of a tool, and what they approve of it.

    `server` offers the tool, and is empty for a tool of this project; `says` holds that server's own words. A
    call goes to `host`, which is empty for this machine. `defaults` are JSON, by argument.
    """

    tool: str
    writes: bool
    server: str = ""
    host: str = ""
    says: str = ""
    defaults: dict[str, str] = field(default_factory=dict)
    fingerprint: Fingerprint
