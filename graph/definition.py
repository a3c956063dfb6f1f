"""What a tool is when a person approves a call of it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field

from graph.immutable import Frozen


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint(Frozen):
    """Tell a tool from any other of its name: each part of its definition, as it is or as a digest."""

    tool: str
    parts: dict[str, str]

    @property
    def digest(self) -> str:
        """Return one sha256 of all parts, in hexadecimal."""
        return hashlib.sha256(json.dumps(self.parts, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition(Frozen):
    """Say what a person is shown of a tool, and what of it is approved.

    `server` offers it, empty for a tool of this house, and `says` holds that server's own words. A call goes
    to the `host`, empty for this machine. `defaults` are JSON, by argument.
    """

    tool: str
    writes: bool
    server: str = ""
    host: str = ""
    says: str = ""
    defaults: dict[str, str] = field(default_factory=dict)
    fingerprint: Fingerprint
