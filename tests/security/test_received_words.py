"""A report that somebody sent shows words alone, whichever of its texts holds what acts."""

from __future__ import annotations

import copy
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

import pytest
from markdown_it import MarkdownIt

from graph.records import source_id
from graph.untrusted import Untrusted
from tests.ui.report import examples
from tests.ui.report.test_verify_report import paths
from ui.report.exports.bundle import report_zip
from ui.report.exports.html_page import report_html
from ui.report.proof import Proof
from ui.report.report_markdown import report_markdown
from ui.report.schema_check import departures

ACTIVE = (
    '<script>alert(1)</script><img src=x onerror=alert(1)><a href="javascript:alert(1)">x</a>'
    " [x](javascript:alert(1)) ![x](https://evil.example/x.png) <https://evil.example> https://evil.example"
    " &lt;script&gt; `x` ~~x~~ | a | b |\n# heading\n<iframe src=//evil.example>\u202e\x1b[31m"
)


def _every_word() -> Iterator[tuple[tuple[Any, ...], dict[str, Any]]]:
    """Yield the report once for each of its texts that the format lets anybody choose, set to what acts."""
    full = examples.report()
    full["roles"] = {"reader": "somebody"}
    full["sources"][1]["location"] = "https://beta.example/history"
    full["sources"][0] |= {
        "author": "Ann",
        "credibility": {"score": 60, "grade": "medium", "reasons": ["so (+60)"]},
        "also_found_at": [
            {
                **{k: v for k, v in examples.source(examples.ALPHA, "also").items() if k != "id"},
                "author": "Ann",
                "language": "en",
            }
        ],
    }
    full["claims"][0] |= {"formula": "[1]", "against": ["c2"], "verdict": "contradicted"}
    full["claims"][0]["citations"][0]["place"] = {"page": 1, "section": ["One"], "sheet": "Plan"}
    for path in paths(full):
        made = copy.deepcopy(full)
        node: Any = made
        for key in path[:-1]:
            node = node[key]
        if path not in {(), ("schema",)} and isinstance(node[path[-1]], str):
            node[path[-1]] = ACTIVE
            if not departures(made):
                yield path, made


def _acting(page: str) -> list[str]:
    """Return every tag and attribute of a page that acts, loads or leads away."""
    found: list[str] = []

    class Looking(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag in {"script", "img", "iframe", "object", "embed", "form", "svg", "link", "base"}:
                found.append(tag)
            for name, value in attrs:
                leads = name in {"href", "src"} and not (value or "").startswith("#")
                if name.startswith("on") or (leads and value != "https://beta.example/history"):
                    found.append(f"{tag} {name}={value}")

    Looking().feed(page)
    return found


WORDS = list(_every_word())


def test_every_text_of_the_format_is_tried() -> None:
    """The texts that anybody may choose are these."""
    assert len(WORDS) > 20
    assert {path[0] for path, _ in WORDS} >= {"question", "reason", "answer", "claims", "sources", "unknowns"}


@pytest.mark.parametrize(("path", "made"), WORDS, ids=[".".join(map(str, path)) for path, _ in WORDS])
def test_a_report_of_somebody_else_shows_nothing_active(path: tuple[Any, ...], made: dict[str, Any]) -> None:
    """Whichever text holds markup: page, Markdown and archive show words, and lead nowhere it says."""
    texts = {
        source_id(text): Untrusted(text if path[0] != "claims" else ACTIVE + text)
        for text in (examples.ALPHA, examples.BETA)
    }
    html, markdown = report_html(made, texts), report_markdown(made)
    assert _acting(html) == []
    for rules in ("commonmark", "gfm-like"):
        rendered = MarkdownIt(rules, {"html": True, "linkify": False}).render(markdown)
        assert _acting(rendered) == [], markdown
    assert not {"\u202e", "\x1b"} & set(html + markdown)
    with zipfile.ZipFile(BytesIO(report_zip(made, Proof(texts=texts)))) as archive:
        assert all(not name.startswith(("/", "..")) for name in archive.namelist())
        assert archive.read("report.html").decode() == html
        assert archive.read("report.md").decode() == markdown
