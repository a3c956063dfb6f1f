"""List the types that a checkpoint may hold, and write them: renaming one needs a migration.

A field that holds its default is not written, so a default is part of the storage format too.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from enum import Enum

import ormsgpack
from langgraph.checkpoint.serde import jsonplus
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from langgraph.types import Send

from graph import costs, decided, definition, history, options, rating, records, state
from graph.untrusted import Untrusted

STORED = (
    decided.Decided,
    definition.Definition,
    definition.Fingerprint,
    options.Approve,
    options.Mode,
    options.Options,
    options.Role,
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
    rating.Rating,
    history.Recollection,
    costs.Tokens,
    records.Run,
    records.Section,
    records.Source,
    records.Span,
    records.Task,
    records.Unknown,
    records.Verdict,
    state.Asking,
    state.Checking,
    state.Held,
    state.Investigation,
    state.Reading,
    Untrusted,
)


_FIELDS: dict[type, tuple[tuple[str, object], ...]] = {
    stored: tuple((field.name, field.default) for field in fields(stored))
    for stored in STORED
    if is_dataclass(stored)
}
_ENUMS: frozenset[type] = frozenset(stored for stored in STORED if issubclass(stored, Enum))
_MOST_REMEMBERED = 20_000
_RECENT: dict[int, tuple[object, ormsgpack.Ext]] = {}  # by id; a record held here keeps its id
_OPTIONS = (
    ormsgpack.OPT_NON_STR_KEYS
    | ormsgpack.OPT_PASSTHROUGH_DATACLASS
    | ormsgpack.OPT_PASSTHROUGH_DATETIME
    | ormsgpack.OPT_PASSTHROUGH_ENUM
    | ormsgpack.OPT_PASSTHROUGH_UUID
    | ormsgpack.OPT_REPLACE_SURROGATES
)


class CheckpointSerializer(JsonPlusSerializer):
    """Write the records of this project in LangGraph's own format, and faster.

    The stock serializer tests each object ten ways before it takes it for a dataclass, one of them against a
    typing Protocol: half of the CPU time of a run. What it reads back is the same.
    """

    def dumps_typed(self, obj: object) -> tuple[str, bytes]:
        """Return the kind and the bytes of a value."""
        if obj is None or isinstance(obj, bytes | bytearray):
            return super().dumps_typed(obj)
        return "msgpack", _pack(obj)


def serializer() -> CheckpointSerializer:
    """Return the serializer that knows these types and no others."""
    return CheckpointSerializer(allowed_msgpack_modules=STORED)


def _pack(value: object) -> bytes:
    return ormsgpack.packb(value, default=_extend, option=_OPTIONS)


def _extend(value: object) -> object:
    """Encode what msgpack does not know; a record stays for many steps and is encoded once."""
    kind = type(value)
    if names := _FIELDS.get(kind):
        known = _RECENT.get(id(value))
        return known[1] if known and known[0] is value else _remember(value, _record(value, kind, names))
    if kind in _ENUMS:
        return _ext(jsonplus.EXT_CONSTRUCTOR_SINGLE_ARG, kind, str(value))
    if isinstance(value, Send) and not getattr(value, "timeout", None):
        return _ext(jsonplus.EXT_CONSTRUCTOR_POS_ARGS, kind, (value.node, value.arg))
    return jsonplus._msgpack_default(value)  # noqa: SLF001  # the library's own encoding for every other type


def _record(value: object, kind: type, known: tuple[tuple[str, object], ...]) -> ormsgpack.Ext:
    """Encode what the constructor needs; a value equal to the default may still have another type."""
    held = {name: held for name, default in known if (held := getattr(value, name)) is not default}
    return _ext(jsonplus.EXT_CONSTRUCTOR_KW_ARGS, kind, held)


def _ext(constructor: int, kind: type, arguments: object) -> ormsgpack.Ext:
    return ormsgpack.Ext(constructor, _pack((kind.__module__, kind.__name__, arguments)))


def _remember(value: object, encoded: ormsgpack.Ext) -> ormsgpack.Ext:
    if len(_RECENT) >= _MOST_REMEMBERED:
        _RECENT.clear()
    _RECENT[id(value)] = (value, encoded)
    return encoded
