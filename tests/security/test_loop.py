"""Large texts are split, ranked and matched beside the event loop, so that it answers everybody meanwhile."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest

from graph.off_loop import SMALL, run_off_loop
from graph.options import Options
from graph.records import Claim, Passage, Phase, Run, Span
from graph.state import ResearchState
from nodes.guard_evidence import guard_evidence
from tests.fakes.tools import snapshot
from tests.security.readers import excerpt_of
from tests.tools.documents.fakes import MemoryEvidence
from tools.models.extractive.judge import ExtractiveJudge
from tools.models.extractive.reader import ExtractiveReader
from tools.search_results import FoundItem, sources_in_thread

RUN = Run(id="r", question="q?", options=Options(), started=0.0)


async def read(text: str) -> object:
    return await ExtractiveReader().read(RUN, "b1", "Does the lamp burn?", [excerpt_of(text)])


async def lead(text: str) -> object:
    return await ExtractiveReader().leads(RUN, "Does the lamp burn?", [excerpt_of(text)])


async def judge(text: str) -> object:
    shown = excerpt_of(text)
    claim = Claim(id="c", root="b1", spans=(shown.passage.span,), relevance=1.0)
    return await ExtractiveJudge().judge(RUN, "Does the lamp burn?", [(claim, shown)])


async def check(text: str) -> object:
    evidence = MemoryEvidence()
    kept = snapshot(text)
    await evidence.keep([kept])
    passage = Passage(span=Span(source=kept.source.id, start=0, end=len(text)), score=1.0)
    state = ResearchState(run=RUN, phase=Phase.ORCHESTRATING, evidence=(passage,), passages=(passage,))
    return await guard_evidence(state, announce=lambda _: None, evidence=evidence, clock=lambda: 0.0)


@pytest.mark.parametrize("work", [read, lead, judge, check])
async def test_large_texts_leave_the_loop(
    work: Callable[[str], Awaitable[object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A long text is worked on in a thread, a short one where it is; what comes out is the same."""
    threads: list[Any] = []
    to_thread = asyncio.to_thread

    async def note(work: Callable[[], object]) -> object:
        threads.append(work)
        return await to_thread(work)

    monkeypatch.setattr("graph.off_loop.asyncio.to_thread", note)
    sentence = "The lamp burns. "
    await work(sentence)
    assert not threads
    beside = await work(sentence * SMALL)
    assert threads
    monkeypatch.setattr("graph.off_loop.SMALL", 10**9)
    assert await work(sentence * SMALL) == beside


async def test_what_a_service_sends_leaves_the_loop() -> None:
    """Whatever its length, it is made into items, split and ranked in another thread."""
    threads: list[int] = []

    def items() -> Iterator[FoundItem]:
        threads.append(threading.get_ident())
        yield FoundItem(title="A", url="https://a.example/", text="The lamp burns.")

    assert (await sources_in_thread("lamp", items(), 0.0)).passages
    assert threads != [threading.get_ident()]


async def test_the_loop_goes_on_while_a_text_is_worked_on() -> None:
    """What is done aside may wait for something that only the loop can do."""
    loop, told = asyncio.get_running_loop(), asyncio.Event()

    def work() -> bool:
        async def tell() -> None:
            told.set()

        asyncio.run_coroutine_threadsafe(tell(), loop).result()
        return told.is_set()

    assert await run_off_loop(SMALL + 1, work)
