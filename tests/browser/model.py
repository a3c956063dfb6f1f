"""A model on this machine that writes slowly enough to be watched."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from tests.fakes.gemini import KEY, Asked, Reply, gemini

PIECES, APART = 24, 0.25


@contextmanager
def writing(sentences: Sequence[Mapping[str, object]]) -> Iterator[dict[str, str]]:
    """Serve a model that writes these sentences, slowly; yield what a server needs to have it write."""
    text = json.dumps({"sentences": list(sentences)})
    addresses: list[str] = []
    up, down = threading.Event(), asyncio.Event()

    def slowly(_: Asked) -> Reply:
        return Reply(text=text, pieces=PIECES, apart=APART)

    async def serve() -> None:
        async with gemini(rule=slowly) as fake:
            addresses.append(fake.url)
            up.set()
            await down.wait()

    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    assert up.wait(10)
    alone = dict.fromkeys(
        ("ATTEST_PLANNER_MODELS", "ATTEST_READER_MODELS", "ATTEST_JUDGE_MODELS"), "extractive"
    )
    try:
        yield {**alone, "ATTEST_GEMINI_KEY": KEY, "ATTEST_GEMINI_URL": addresses[0]}
    finally:
        loop.call_soon_threadsafe(down.set)
        thread.join(10)
        loop.close()
