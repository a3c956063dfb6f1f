"""Read claims from sources."""

from __future__ import annotations

from graph.ports import Evidence, Reader
from graph.report.excerpts import open_passages
from graph.state import Reading, Update


async def read(state: Reading, *, reader: Reader, evidence: Evidence) -> Update:
    """Read the passages of one root question and return the claims that answer it."""
    excerpts = await open_passages(evidence, state.run, state.passages)
    claims = await reader.read(state.run, state.root, state.question, excerpts)
    return Update(claims=claims, unknowns=reader.left_out(state.run, state.root))
