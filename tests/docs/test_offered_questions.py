"""Every question the product itself offers is one it answers."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path

import ui.commands
from graph.app import open_app
from graph.events import Finished
from graph.options import Options
from tests.docs.pages import ROOT, documents, page
from tests.fakes.app import settings
from ui.chat.conversation.starters import OF_THE_LIBRARY

LIBRARY = str(ROOT / "evals" / "library" / "documents")
ASKED = re.compile(r'(?:attest ask |make ask Q=)"([^"\n]+)"')
PLACEHOLDERS = {"…", "...", "your question"}


def offered() -> set[str]:
    """Collect the questions of the documents, of the help and of the chat: all are about the library."""
    pages = [path.read_text(encoding="utf-8") for path in documents()]
    names = [each.name for each in pkgutil.iter_modules(ui.commands.__path__)]
    modules = [importlib.import_module(f"ui.commands.{name}") for name in names]
    helps = [str(getattr(module, "EXAMPLE", "")) for module in modules]
    shown = {found for text in [*pages, *helps] for found in ASKED.findall(text)}
    return (shown - PLACEHOLDERS) | {each.question for each in OF_THE_LIBRARY}


async def test_each_is_answered(tmp_path: Path) -> None:
    """Whoever tries what a page, the help or the chat shows gets an answer, not a silence."""
    questions = offered()
    assert questions >= {each.question for each in OF_THE_LIBRARY}
    assert ASKED.findall(page("README.md"))
    ended: dict[str, str] = {}
    async with open_app(settings(tmp_path)) as app:
        for question in sorted(questions):
            async for event in app.run(question, Options(docs=(LIBRARY,), sources=("documents",))):
                if isinstance(event, Finished):
                    ended[question] = str(event.report["status"])
    assert {question: status for question, status in ended.items() if status != "answered"} == {}
    assert set(ended) == questions
