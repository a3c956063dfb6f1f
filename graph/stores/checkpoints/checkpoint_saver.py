"""Store LangGraph checkpoints in a `Database`, in the tables and encodings of AsyncSqliteSaver 3.1."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from langgraph.checkpoint.base import (
    WRITES_IDX_MAP,
    BaseCheckpointSaver,
    CheckpointTuple,
    get_checkpoint_id,
    get_checkpoint_metadata,
)

from graph.stores.checkpoints import checkpoint_rows as rows

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Sequence

    from langchain_core.runnables import RunnableConfig
    from langgraph.checkpoint.base import ChannelVersions, Checkpoint, CheckpointMetadata
    from langgraph.checkpoint.serde.base import SerializerProtocol

    from graph.stores.db.database import Database
    from graph.stores.db.db_worker import Row, Work

PAGE = 32


class GroupCommitSaver(BaseCheckpointSaver[str]):
    """Save checkpoints through a `Database` made with `CHECKPOINT_TABLES` among its migrations.

    A put returns once it is on disk. LangGraph does not wait for what a task wrote, which takes some
    milliseconds more: after a kill in between the task runs again, with its completed calls from the journal.
    The stock saver resumes what this one wrote, and the other way round.
    """

    def __init__(self, database: Database, *, serde: SerializerProtocol | None = None) -> None:
        super().__init__(serde=serde)
        self._database = database

    async def aget_tuple(self, config: RunnableConfig) -> CheckpointTuple | None:
        """Return the checkpoint the config names, or the latest of its thread and namespace."""
        return self._found(await self._database.read(_finding(config)), config)

    async def alist(
        self,
        config: RunnableConfig | None,
        *,
        filter: dict[str, Any] | None = None,  # noqa: A002 - the name LangGraph calls it by
        before: RunnableConfig | None = None,
        limit: int | None = None,
    ) -> AsyncIterator[CheckpointTuple]:
        """Yield the matching checkpoints newest first, a page held in memory at a time."""
        keys = await self._database.read(_searching(config, filter, before, limit))
        for start in range(0, len(keys), PAGE):
            for stored in await self._database.read(partial(rows.load, keys[start : start + PAGE])):
                yield self._decoded(stored)

    async def aput(
        self,
        config: RunnableConfig,
        checkpoint: Checkpoint,
        metadata: CheckpointMetadata,
        new_versions: ChannelVersions,  # noqa: ARG002 - these tables keep every channel in the checkpoint
    ) -> RunnableConfig:
        """Store a checkpoint durably and return the config that names it."""
        await self._database.write(self._putting(config, checkpoint, metadata))
        return _config(*_place(config), checkpoint["id"])

    async def aput_writes(
        self, config: RunnableConfig, writes: Sequence[tuple[str, Any]], task_id: str, task_path: str = ""
    ) -> None:
        """Store durably what a task wrote on top of a checkpoint; an interrupt or an error does not wait."""
        patient = not any(channel in WRITES_IDX_MAP for channel, _ in writes)
        await self._database.write(self._putting_writes(config, writes, task_id, task_path), patient=patient)

    def get_next_version(self, current: str | None, channel: None) -> str:  # noqa: ARG002 - LangGraph passes it
        """Return the version after `current`, sorted as the stock saver's are, without the random ending."""
        major = current if isinstance(current, int) else int((current or "0").split(".")[0])
        return f"{major + 1:032}"

    def _putting(
        self, config: RunnableConfig, checkpoint: Checkpoint, metadata: CheckpointMetadata
    ) -> Work[object]:
        kind, value = self.serde.dumps_typed(checkpoint)
        notes = json.dumps(get_checkpoint_metadata(config, metadata), ensure_ascii=False)
        key = (*_place(config), checkpoint["id"], get_checkpoint_id(config))
        row = (*key, kind, value, notes.encode("utf-8", "ignore"))
        return lambda connection: connection.execute(rows.PUT, row).rowcount

    def _putting_writes(
        self, config: RunnableConfig, writes: Sequence[tuple[str, Any]], task_id: str, task_path: str
    ) -> Work[object]:
        special = all(channel in WRITES_IDX_MAP for channel, _ in writes)
        sql = rows.REPLACE_WRITE if special else rows.PUT_WRITE
        task = (*_place(config), get_checkpoint_id(config), task_id, task_path)
        written = [
            (*task, WRITES_IDX_MAP.get(channel, index), channel, *self.serde.dumps_typed(value))
            for index, (channel, value) in enumerate(writes)
        ]
        return lambda connection: connection.executemany(sql, written).rowcount

    def _found(self, stored: Sequence[rows.Stored], config: RunnableConfig) -> CheckpointTuple | None:
        if not stored:
            return None
        found = self._decoded(stored[0])
        return found._replace(config=config) if get_checkpoint_id(config) else found

    def _decoded(self, stored: rows.Stored) -> CheckpointTuple:
        (thread_id, namespace, checkpoint_id, parent_id, kind, value, notes), writes = stored
        return CheckpointTuple(
            config=_config(thread_id, namespace, checkpoint_id),
            checkpoint=self.serde.loads_typed((kind, value)),
            metadata=cast("CheckpointMetadata", {} if notes is None else json.loads(notes)),
            parent_config=_config(thread_id, namespace, parent_id) if parent_id else None,
            pending_writes=[
                (task_id, channel, self.serde.loads_typed((kind, value)))
                for task_id, channel, kind, value in writes
            ],
        )


def _place(config: RunnableConfig) -> tuple[str, str]:
    return str(config["configurable"]["thread_id"]), str(config["configurable"].get("checkpoint_ns", ""))


def _config(thread_id: str, namespace: str, checkpoint_id: str) -> RunnableConfig:
    named = {"thread_id": thread_id, "checkpoint_ns": namespace, "checkpoint_id": checkpoint_id}
    return {"configurable": named}


def _finding(config: RunnableConfig) -> Work[list[rows.Stored]]:
    return partial(rows.find, _place(config), get_checkpoint_id(config))


def _searching(
    config: RunnableConfig | None,
    notes: dict[str, Any] | None,
    before: RunnableConfig | None,
    limit: int | None,
) -> Work[list[Row]]:
    terms = [*_named(config)]
    if before is not None:
        terms.append(("checkpoint_id < ?", get_checkpoint_id(before)))
    return rows.searching(terms, notes or {}, limit)


def _named(config: RunnableConfig | None) -> Iterator[tuple[str, object]]:
    named = {} if config is None else config["configurable"]
    for column in ("thread_id", "checkpoint_ns", "checkpoint_id"):
        value = named.get(column)
        if value is not None and (value or column != "checkpoint_id"):
            yield f"{column} = ?", str(value)
