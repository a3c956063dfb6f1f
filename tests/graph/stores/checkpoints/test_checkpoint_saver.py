"""Prove that the saver keeps what LangGraph hands it, as the stock saver would."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from langgraph.checkpoint.base import empty_checkpoint
from langgraph.checkpoint.base.id import uuid6
from langgraph.checkpoint.serde.types import ERROR, INTERRUPT
from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver
from langgraph.types import Command

from graph.stores.checkpoints.checkpoint_rows import CHECKPOINT_TABLES, delete_threads
from graph.stores.checkpoints.checkpoint_saver import PAGE, GroupCommitSaver
from graph.stores.db import db_worker
from graph.stores.db.database import Database
from tests.graph.stores.checkpoints.graphs import SERDE, WIDTH, Finding, answer, ask, build

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from langchain_core.runnables import RunnableConfig
    from langgraph.checkpoint.base import BaseCheckpointSaver, CheckpointMetadata


@pytest.fixture
async def saver(tmp_path: Path) -> AsyncIterator[GroupCommitSaver]:
    database = Database(tmp_path / "kept.db", migrations=[CHECKPOINT_TABLES])
    yield GroupCommitSaver(database, serde=SERDE)
    await database.close()


@pytest.fixture
async def stock(saver: GroupCommitSaver, tmp_path: Path) -> AsyncIterator[AsyncSqliteSaver]:
    """Open the stock saver on the same file."""
    async with AsyncSqliteSaver.from_conn_string(str(tmp_path / "kept.db")) as stock:
        stock.serde = saver.serde
        yield stock


def at(thread: str = "t", namespace: str = "", **more: str) -> RunnableConfig:
    return {"configurable": {"thread_id": thread, "checkpoint_ns": namespace, **more}}


async def put_some(
    saver: BaseCheckpointSaver[str], count: int, config: RunnableConfig
) -> list[RunnableConfig]:
    """Put a chain of checkpoints and return the config of each."""
    chain = []
    for step in range(count):
        checkpoint = {**empty_checkpoint(), "id": str(uuid6(clock_seq=step))}
        metadata: CheckpointMetadata = {
            "source": "loop",
            "step": step,
            "parents": {"": "é"},
            "run_id": f"r{step}",
        }
        config = await saver.aput(config, checkpoint, metadata, {})  # type: ignore[arg-type]
        chain.append(config)
    return chain


async def listed(saver: BaseCheckpointSaver[str], config: RunnableConfig | None, **options: Any) -> list[Any]:  # noqa: ANN401 - passes on what it is given
    return [found async for found in saver.alist(config, **options)]


def steps(found: list[Any]) -> list[int]:
    return [each.metadata["step"] for each in found]


async def test_a_graph_runs_stops_for_a_person_and_goes_on(saver: GroupCommitSaver) -> None:
    """Prove that a fan-out, an interrupt and its resume pass through, with typed values whole."""
    graph = build().compile(checkpointer=saver)
    stopped = await graph.ainvoke(ask("q", approve=True), at(), durability="sync")
    assert stopped["__interrupt__"][0].value == "release?"
    assert stopped["findings"][0] == Finding(branch=0, text="q in é0")
    assert len(stopped["findings"]) == WIDTH
    resumed = await graph.ainvoke(Command(resume="fine"), at(), durability="sync")
    assert resumed["answer"] == answer("q", "fine")
    assert (await anext(graph.aget_state_history(at()))).next == ()


@pytest.mark.parametrize("ours_first", [True, False])
async def test_either_saver_resumes_the_other(
    saver: GroupCommitSaver, stock: AsyncSqliteSaver, *, ours_first: bool
) -> None:
    """Prove that a run interrupted on one saver is finished on the other, and both then agree on it."""
    first, second = (saver, stock) if ours_first else (stock, saver)
    await build().compile(checkpointer=first).ainvoke(ask("q", approve=True), at(), durability="sync")
    resumed = (
        await build().compile(checkpointer=second).ainvoke(Command(resume="ok"), at(), durability="sync")
    )
    assert resumed["answer"] == answer("q", "ok")
    assert await listed(saver, at()) == await listed(stock, at())


async def test_what_is_listed_is_what_the_stock_saver_lists(
    saver: GroupCommitSaver, stock: AsyncSqliteSaver
) -> None:
    """Prove that filter, before, limit, namespaces and ids select the same as the stock saver."""
    chain = await put_some(saver, PAGE + 8, at())
    await put_some(saver, 2, at(namespace="inner"))
    await put_some(saver, 3, at("other"))
    options: list[tuple[RunnableConfig | None, dict[str, Any]]] = [
        (None, {}),
        (at(), {}),
        ({"configurable": {"thread_id": "t"}}, {}),
        (at(namespace="inner"), {}),
        (chain[3], {}),
        (at(), {"limit": 3}),
        (at(), {"limit": 0}),
        (at(), {"before": chain[5]}),
        (at(), {"before": chain[5], "limit": 2}),
        (at(), {"before": at()}),
        (at(), {"filter": {"step": 4}}),
        (at(), {"filter": {"step": 4, "source": "loop"}}),
        (None, {"filter": {"run_id": "r1"}, "limit": 2}),
        (at(), {"filter": {"parents": {"": "é"}}}),
        (at(), {"filter": {"source": "nowhere"}}),
        (at(), {"filter": {"score": None}, "limit": 1}),
        (at("missing"), {}),
    ]
    for config, chosen in options:
        ours, theirs = await listed(saver, config, **chosen), await listed(stock, config, **chosen)
        assert ours == theirs, (config, chosen)
    assert steps(await listed(saver, at(), before=chain[2])) == [1, 0]


async def test_a_filter_cannot_carry_sql(saver: GroupCommitSaver) -> None:
    """Prove that a metadata key with other signs than a name has is refused."""
    for key in ("step') OR ('1' = '1", "a b", "", "step\n"):
        with pytest.raises(ValueError, match="cannot filter by"):
            await listed(saver, at(), filter={key: 1})


async def test_a_checkpoint_is_found_by_its_id_or_as_the_latest(
    saver: GroupCommitSaver, stock: AsyncSqliteSaver
) -> None:
    """Prove that get returns the named checkpoint, else the latest of thread and namespace, else nothing."""
    chain = await put_some(saver, 3, at())
    for config in (at(), chain[1], at(namespace="x"), at("other"), at(checkpoint_id="missing")):
        assert await saver.aget_tuple(config) == await stock.aget_tuple(config)
    latest, first = await saver.aget_tuple(at()), await saver.aget_tuple(chain[0])
    assert latest is not None
    assert first is not None
    assert (latest.config, latest.parent_config, first.parent_config) == (chain[2], chain[1], None)


async def test_pending_writes_keep_their_order_and_their_rules(
    saver: GroupCommitSaver, stock: AsyncSqliteSaver
) -> None:
    """Prove that a repeated task write is ignored, a repeated error replaced, and tasks sort by path."""
    (config,) = await put_some(saver, 1, at())
    for value in ("first", "again"):
        await saver.aput_writes(config, [("b", value), ("a", None)], "task 1", "path 2")
        await saver.aput_writes(config, [(ERROR, value)], "task 2", "path 1")
        await saver.aput_writes(config, [(INTERRUPT, value), ("a", value)], "task 0", "path 3")
    found = await saver.aget_tuple(config)
    assert found == await stock.aget_tuple(config)
    assert found is not None
    assert found.pending_writes == [
        ("task 2", ERROR, "again"),
        ("task 1", "b", "first"),
        ("task 1", "a", None),
        ("task 0", INTERRUPT, "first"),
        ("task 0", "a", "first"),
    ]


async def test_deleting_a_thread_leaves_the_others(saver: GroupCommitSaver) -> None:
    """Checkpoints and writes of one thread, and only those, are gone."""
    for thread in ("other", "t"):
        (config,) = await put_some(saver, 1, at(thread))
        await saver.aput_writes(config, [("a", 1)], "task")
    await saver._database.write(partial(delete_threads, ["t"]))
    assert await listed(saver, None) == await listed(saver, at("other"))
    assert len(await listed(saver, None)) == 1


def test_versions_increase_in_the_stock_form(saver: GroupCommitSaver) -> None:
    """Prove that versions sort as text, from nothing, from the stock form and from a plain number."""
    first = saver.get_next_version(None, None)
    second = saver.get_next_version(first, None)
    assert first < second < saver.get_next_version(9, None)  # type: ignore[arg-type]
    assert first.split(".")[0] == f"{1:032}"


@pytest.mark.parametrize(("channel", "waits"), [("findings", True), (INTERRUPT, False), (ERROR, False)])
async def test_only_what_a_task_returns_waits_for_the_next_checkpoint(
    saver: GroupCommitSaver, monkeypatch: pytest.MonkeyPatch, channel: str, *, waits: bool
) -> None:
    """Prove that an interrupt and an error are on disk at once, and a result with the checkpoint after it."""
    monkeypatch.setattr(db_worker, "PATIENCE_SECONDS", 60.0)
    (config,) = await put_some(saver, 1, at())
    putting = asyncio.create_task(saver.aput_writes(config, [(channel, "x")], "task"))
    done, _ = await asyncio.wait([putting], timeout=0.2 if waits else None)
    assert (not done) is waits
    await put_some(saver, 1, config)
    await putting
    found = await saver.aget_tuple(config)
    assert found is not None
    assert found.pending_writes == [("task", channel, "x")]


async def test_versions_sort_among_those_of_the_stock_saver(
    saver: GroupCommitSaver, stock: AsyncSqliteSaver
) -> None:
    """Prove that each saver's next version is greater than the other's last."""
    versions = [saver.get_next_version(None, None)]
    for number in range(30):
        after = (stock, saver)[number % 2]
        versions.append(after.get_next_version(versions[-1], None))
    assert versions == sorted(versions)
    assert len(set(versions)) == len(versions)
