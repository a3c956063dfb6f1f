"""Reports to download: one with every part, and one whose every word from outside is hostile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.untrusted import Untrusted
from tests.ui.report import examples

TEXTS: Mapping[str, Untrusted] = {
    id_: Untrusted(data.decode()) for id_, data in examples.stored().items() if data is not None
}


def disputed() -> dict[str, Any]:
    """Return a report in which the third claim contradicts the first, found on the web."""
    report = examples.report()
    report["claims"][2]["verdict"] = "contradicted"
    report["claims"][2]["against"] = [report["claims"][0]["id"]]
    report["unknowns"].append({"kind": "contradicted", "detail": "claim 3 disagrees with claim 1"})
    report["sources"][1]["location"] = "https://beta.example/history"
    return report


def said_by(words: str) -> tuple[dict[str, Any], dict[str, Untrusted]]:
    """Return a report, with its texts, in which every word a person or a source chose is `words`."""
    report = disputed()
    report["question"] = words
    report["answer"] = f"{words} [1]\n**{words}**\n- {words} [2]"
    for claim in report["claims"]:
        claim["text"] = words or "-"
    for source in report["sources"]:
        source.update(title=words, location=words or "-", author=words, language=words)
    report["unknowns"][0]["detail"] = words or "-"
    cited = report["claims"][0]["citations"][0]
    cited["quote"], cited["start"], cited["end"] = words, 0, len(words)
    return report, {**TEXTS, cited["source"]: Untrusted(words * 3)}
