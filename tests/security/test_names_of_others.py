"""No source wears the name, date or author that another run found for the same text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import pytest
from pydantic import BaseModel

from graph.app import open_app
from graph.events import Announce
from graph.options import Approve, Mode, Options
from graph.records import Result, Run
from graph.run.application import Application
from graph.tool import Group, ToolSpec
from graph.untrusted import Untrusted
from tests.fakes.app import events, report, settings, small_app
from tests.fakes.tools import Query, snapshot
from tools.call_pipeline.result_validation import screen_output
from tools.search_results import FoundItem, sources_of
from ui.report.schema_check import departures

FACT = "The Osprey bridge carries twelve trains an hour."
QUESTION = "How many trains an hour does the Osprey bridge carry?"
MINISTRY, BLOG = "https://www.ministry.gov/osprey", "https://copies.example.xyz/osprey"


async def asked(app: Application, run_id: str, **options: Any) -> dict[str, Any]:  # noqa: ANN401 - the knobs of a run
    knobs = Options(mode=Mode.QUICK, **options)
    return dict(report(await events(app.run(QUESTION, knobs, run_id=run_id))))


def folder(home: Path, name: str, files: Mapping[str, str]) -> str:
    made = home / name
    made.mkdir()
    for file, text in files.items():
        (made / file).write_text(text)
    return str(made)


def write(docs: str, file: str, text: str | None) -> None:
    path = Path(docs, file)
    path.unlink() if text is None else path.write_text(text)


def dated(title: str, date: str) -> str:
    return f"---\ntitle: {title}\ndate: {date}\n---\n{FACT}\n"


def places(made: Mapping[str, Any]) -> list[str]:
    return [source["location"] for source in made["sources"]]


async def test_two_people_with_one_text_see_their_own_file_names(tmp_path: Path) -> None:
    """The name of one person's file stands nowhere in the report of another who has the same text."""
    theirs = folder(tmp_path, "theirs", {"secret-merger-draft.txt": FACT})
    mine = folder(tmp_path, "mine", {"bridge.txt": FACT})
    async with open_app(settings(tmp_path / "home")) as app:
        first = await asked(app, "r1", docs=(theirs,))
        second = await asked(app, "r2", docs=(mine,))
        third = await asked(app, "r3", docs=(theirs,))
    assert (places(first), places(second)) == (["secret-merger-draft.txt"], ["bridge.txt"])
    assert "secret-merger-draft" not in json.dumps(second)
    assert third["sources"] == first["sources"]


async def test_a_renamed_and_redated_file_is_cited_as_it_is_today(tmp_path: Path) -> None:
    """Neither an old name nor an old date stays with a text whose file says otherwise now."""
    docs = folder(tmp_path, "docs", {"old.md": dated("Draft", "2019-01-02")})
    async with open_app(settings(tmp_path / "home")) as app:
        before = await asked(app, "r1", docs=(docs,))
        write(docs, "old.md", None)
        write(docs, "new.md", dated("Final", "2026-03-04"))
        renamed = await asked(app, "r2", docs=(docs,))
        write(docs, "new.md", dated("Final", "2026-05-06"))
        redated = await asked(app, "r3", docs=(docs,))
    told = [
        [(s["location"], s["title"], s["published"]) for s in made["sources"]]
        for made in (before, renamed, redated)
    ]
    assert told == [
        [("old.md", "Draft", "2019-01-02")],
        [("new.md", "Final", "2026-03-04")],
        [("new.md", "Final", "2026-05-06")],
    ]
    assert len({made["sources"][0]["id"] for made in (before, renamed, redated)}) == 1


class Found:
    """Find one text at the places it is told, for an hour at a time; count how often it was asked."""

    spec: ClassVar[ToolSpec] = ToolSpec(
        name="places",
        version="1",
        purpose="find a text",
        arguments=Query,
        ttl=3600.0,
        deterministic=True,
        group=Group.WEB,
    )

    def __init__(self, *at: str) -> None:
        self.at = at
        self.asked = 0

    async def run(self, arguments: BaseModel, run: Run, announce: Announce) -> Result:
        self.asked += 1
        items = [FoundItem(title=f"At {place}", url=place, text=FACT) for place in self.at]
        return sources_of(Query.model_validate(arguments).query, items, 1_780_000_000.0)


async def test_a_cached_result_describes_what_it_found_itself(tmp_path: Path) -> None:
    """A blog that another run found meanwhile lends no name to a cached ministry's page, nor the reverse."""
    async with small_app(tmp_path, ministry := Found(MINISTRY)) as app:
        first = await asked(app, "r1")
    async with small_app(tmp_path, _named("others", blog := Found(BLOG))) as app:
        between = await asked(app, "r2")
    async with small_app(tmp_path, ministry) as app:
        cached = await asked(app, "r3")
    assert (ministry.asked, blog.asked) == (1, 1)
    assert (places(first), places(between), places(cached)) == ([MINISTRY], [BLOG], [MINISTRY])
    assert cached["sources"] == first["sources"]
    assert BLOG not in json.dumps(cached)
    assert MINISTRY not in json.dumps(between)


def _named(name: str, tool: Found) -> Found:
    tool.spec = replace(tool.spec, name=name)  # type: ignore[misc]  # of this one alone
    return tool


async def test_one_search_that_finds_a_text_twice_names_both_places(tmp_path: Path) -> None:
    """The ministry is cited and rated, the copy is named beside it, and the record keeps to its schema."""
    async with small_app(tmp_path, Found(BLOG, MINISTRY)) as app:
        made = await asked(app, "r1")
    (source,) = made["sources"]
    assert (source["location"], source["title"]) == (MINISTRY, f"At {MINISTRY}")
    assert [place["location"] for place in source["also_found_at"]] == [BLOG]
    assert "government" in " ".join(source["credibility"]["reasons"])
    assert departures(made) == []


class Both(Found):
    """Find one text on the web and among the files of the person."""

    async def run(self, arguments: BaseModel, run: Run, announce: Announce) -> Result:
        brought = await super().run(arguments, run, announce)
        file = replace(brought.snapshots[0].source, location="notes.txt", title=Untrusted("Notes"))
        return replace(brought, sources=(file,))


async def test_a_text_that_is_both_a_page_and_a_file_is_cited_as_the_file(tmp_path: Path) -> None:
    """What a person keeps is private, also where a page has it too; both places are named."""
    async with small_app(tmp_path, Both(MINISTRY)) as app:
        made = await asked(app, "r1")
    assert places(made) == ["notes.txt"]
    assert [place["location"] for place in made["sources"][0]["also_found_at"]] == [MINISTRY]
    assert made["sources"][0]["credibility"]["score"] is None


async def test_a_run_that_waited_keeps_what_it_found(tmp_path: Path) -> None:
    """Over a restart, and though others found the text elsewhere meanwhile, a run cites what it found."""
    async with small_app(tmp_path, Found(MINISTRY)) as app:
        await events(app.run(QUESTION, Options(mode=Mode.QUICK, release=Approve.ASK), run_id="r1"))
    async with small_app(tmp_path, _named("others", Found(BLOG))) as app:
        await asked(app, "r2")
        made: Any = report(await events(app.resume("r1", {"decision": "approve"})))
    assert places(made) == [MINISTRY]


@pytest.mark.parametrize("title", ["A\nB", "x" * 301, "\u202eevil"])
def test_a_further_place_is_screened_like_the_first(title: str) -> None:
    """A title that disguises itself is left out of the other places too."""
    brought = sources_of("osprey", [FoundItem(title="Osprey", url=BLOG, text=FACT)], 0.0)
    other = replace(brought.snapshots[0].source, title=Untrusted(title), location=MINISTRY)
    kept = screen_output(replace(brought, sources=(other,)), Found.spec)
    assert (kept.snapshots, kept.sources) == (brought.snapshots, ())
    assert "title of a source" in kept.skipped[0].detail


def test_no_tool_describes_a_text_it_did_not_bring() -> None:
    """A tool that names a place for somebody else's text is not believed, and that is said."""
    brought = sources_of("osprey", [FoundItem(title="Osprey", url=BLOG, text=FACT)], 0.0)
    foreign = snapshot("The words of somebody else.").source
    kept = screen_output(replace(brought, sources=(foreign,)), Found.spec)
    assert (kept.passages, kept.sources) == (brought.passages, ())
    assert "a text it did not bring" in kept.skipped[0].detail
