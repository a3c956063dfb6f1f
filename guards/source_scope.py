"""Does this installation have the sources that a run names?"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from graph.records import Decision


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
