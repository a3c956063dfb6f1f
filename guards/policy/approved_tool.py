"""Is this tool what a person approved?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from graph.definition import Fingerprint
from graph.records import Decision

MOST_NAMED = 8
_LONGEST = 80
_OURS = {"server": "Attest", "host": "this machine"}


def is_as_approved(approved: Sequence[Fingerprint], now: Fingerprint) -> Decision:
    """Refuse a tool that is not what was approved; the reason says what changed.

    An approval without a fingerprint is from an earlier release, and stays valid.
    """
    was = next((each for each in approved if each.tool == now.tool), None)
    if was is None:
        reason = f"{now.tool} was not among the tools that were approved" if approved else ""
        return Decision(allowed=not approved, reason=reason)
    changed = list(_changes(was.parts, now.parts))
    more = len(changed) - MOST_NAMED
    named = [*changed[:MOST_NAMED], *([f"and {more} more"] if more > 0 else [])]
    reason = f"{now.tool} is not what was approved: {', '.join(named)}" if named else ""
    return Decision(allowed=not changed, reason=reason)


def _changes(was: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    if was.get("effect") != now.get("effect"):
        yield "it writes now, and only read before" if now.get("effect") == "write" else "it only reads now"
    for place, ours in _OURS.items():
        if was.get(place) != now.get(place):
            yield f"its {place} is {now.get(place) or ours}, not {was.get(place) or ours}"
    for part in sorted((was.keys() | now.keys()) - {"effect", *_OURS}):
        named = part[:_LONGEST]
        if part not in now:
            yield f"its {named} is gone"
        elif part not in was:
            yield f"its {named} is new"
        elif was[part] != now[part]:
            yield f"its {named} changed"
