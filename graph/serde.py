"""Which types a checkpoint may hold: a storage format; renaming one needs a migration."""

from __future__ import annotations

from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer

from graph import options, records, state
from graph.untrusted import Untrusted

STORED = (
    options.Approve,
    options.Mode,
    options.Options,
    records.Argument,
    records.Branch,
    records.Call,
    records.Claim,
    records.Crossed,
    records.Draft,
    records.Label,
    records.Outcome,
    records.Passage,
    records.Phase,
    records.Plan,
    records.Recollection,
    records.Run,
    records.Section,
    records.Span,
    records.Task,
    records.Unknown,
    records.Verdict,
    state.Checking,
    state.Investigation,
    state.Reading,
    Untrusted,
)


def serializer() -> JsonPlusSerializer:
    """Return the serializer that knows these types and no others."""
    return JsonPlusSerializer(allowed_msgpack_modules=STORED)
