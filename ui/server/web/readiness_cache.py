"""Keep the last answer of GET /ready for a moment."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from pydantic import BaseModel


class Ready(BaseModel):
    """Say what can be used, and of what cannot, what is wrong."""

    ready: bool
    checks: dict[str, str]


@dataclass(slots=True, kw_only=True)
class ReadinessCache:
    """Hold the last answer and when it was found; one request checks at a time."""

    found: Ready | None = None
    at: float = 0.0
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
