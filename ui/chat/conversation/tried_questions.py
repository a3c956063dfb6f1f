"""Offer first questions that the engine has answered: each is tried on the documents before it is offered."""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from graph import installation, private_files
from graph.config.settings import ROLES, Settings
from graph.events import Finished
from graph.options import Options
from graph.records import Status
from ui.chat.conversation.starters import (
    MOST,
    MOST_FILES,
    OF_THE_LIBRARY,
    FirstQuestion,
    digest,
    documents,
    is_library,
    proposals,
)
from ui.report.whole_file import write_whole

if TYPE_CHECKING:
    from graph.run.application import Application

KEPT = "first-questions.json"

Open = Callable[[Settings], AbstractAsyncContextManager["Application"]]


class TriedQuestions:
    """Hold the first questions of an installation; `prepare` finds them in the background, once a change."""

    def __init__(self, settings: Settings, opened: Open = installation.open_app) -> None:
        self._settings, self._opened = settings, opened
        self._found: tuple[FirstQuestion, ...] = OF_THE_LIBRARY if is_library(settings.docs) else ()

    def now(self) -> tuple[FirstQuestion, ...]:
        """Return the questions that are known to be answered; none before they were tried."""
        return self._found

    async def prepare(self) -> None:
        """Try questions about the documents, unless that was done since they changed."""
        if is_library(self._settings.docs):
            return
        files = await asyncio.to_thread(documents, self._settings.docs)
        if not files or len(files) > MOST_FILES:
            return
        changed = await asyncio.to_thread(digest, files)
        known = await asyncio.to_thread(self._kept, changed)
        if known is None:
            known = await self._tried(await asyncio.to_thread(proposals, files))
            await asyncio.to_thread(self._keep, changed, known)
        self._found = known

    async def _tried(self, proposed: Sequence[FirstQuestion]) -> tuple[FirstQuestion, ...]:
        """Ask in a home of its own and without a model: no list of runs has it, and it costs nothing."""
        with tempfile.TemporaryDirectory(prefix="attest-questions-") as home:
            alone = _alone(self._settings, Path(home))
            async with self._opened(alone) as app:
                found: list[FirstQuestion] = []
                for each in proposed:
                    if len(found) < MOST and await _is_answered(app, each.question, self._settings.docs):
                        found.append(each)
        return tuple(found)

    def _kept(self, changed: str) -> tuple[FirstQuestion, ...] | None:
        """Return what was found for these documents before; None where it was not tried."""
        try:
            kept = json.loads((self._settings.home / KEPT).read_text(encoding="utf-8"))
            found = tuple(FirstQuestion(**each) for each in kept["questions"])
        except (OSError, ValueError, TypeError, KeyError):
            return None
        return found if kept.get("of") == changed else None

    def _keep(self, changed: str, found: Sequence[FirstQuestion]) -> None:
        kept = {"of": changed, "questions": [asdict(each) for each in found]}
        write_whole(self._settings.home / KEPT, json.dumps(kept).encode(), private_files.FILE)


def _alone(settings: Settings, home: Path) -> Settings:
    """Return the settings without a model, a key or a server, and with another home."""
    models = dict.fromkeys(ROLES, ())
    return replace(settings, home=home, database=home / "attest.db", models=models, mcp=None, values={})


async def _is_answered(app: Application, question: str, docs: tuple[str, ...]) -> bool:
    said = ""
    async for event in app.run(question, Options(docs=docs, sources=("documents",))):
        said = str(event.report["status"]) if isinstance(event, Finished) else said
    return said == Status.ANSWERED
