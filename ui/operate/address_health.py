"""Check the network settings of a server."""

from __future__ import annotations

from collections.abc import Iterator

from graph.config.settings import Settings
from graph.health.health_check import Check
from ui.server.security.security_advice import doubts, known_as, problems


def check_address(settings: Settings) -> Iterator[Check]:
    """Check how a server is reached; no address is asked."""
    wrong = list(problems(settings))
    yield from (Check(name="address", ok=False, detail=problem) for problem in wrong)
    if not wrong:
        yield from (Check(name="address", ok=False, detail=doubt, needed=False) for doubt in doubts(settings))
        yield Check(name="address", ok=True, detail=known_as(settings))
