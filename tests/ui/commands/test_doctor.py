"""The doctor names what is missing and how to mend it."""

import json
import sqlite3
from pathlib import Path

import pytest

from graph.health import machine_health
from tests.ui.command_line import Attest


def checks(attest: Attest) -> dict[str, dict[str, object]]:
    return {check["name"]: check for check in json.loads(attest("doctor", "--json").stdout)}


def test_a_sound_machine_is_usable(attest: Attest, place: Path) -> None:
    """Every line is ok, exit code 0, and looking changes nothing."""
    result = attest("doctor")
    assert result.exit_code == 0
    assert {line.split()[0] for line in result.stdout.splitlines()} == {"ok"}
    assert [path.name for path in place.iterdir()] == ["docs"]


def test_a_database_is_looked_into(attest: Attest, place: Path) -> None:
    """A sound database is ok, a corrupt one is not and is left as it is."""
    (place / "attest").mkdir()
    database = place / "attest" / "attest.db"
    with sqlite3.connect(database) as connection:
        connection.execute("CREATE TABLE t (x)")
    connection.close()
    assert checks(attest)["database"]["ok"] is True
    database.write_bytes(b"not a database, whatever its name says" * 100)
    result = attest("doctor")
    assert result.exit_code == 2
    assert "missing  database" in result.stdout
    assert "move the file aside or set ATTEST_HOME" in result.stdout
    assert database.read_bytes().startswith(b"not a database")


def test_a_home_that_cannot_be_written_is_named(
    attest: Attest, monkeypatch: pytest.MonkeyPatch, place: Path
) -> None:
    """The setting that mends it stands in the line."""
    (place / "file").write_text("")
    monkeypatch.setenv("ATTEST_HOME", str(place / "file" / "home"))
    result = attest("doctor")
    assert result.exit_code == 2
    assert "set ATTEST_HOME to a folder you may write" in result.stdout


def test_documents_that_are_not_there_do_not_stop_work(
    attest: Attest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that is gone is named; a question may name another."""
    monkeypatch.setenv("ATTEST_DOCS", "gone")
    result = attest("doctor")
    assert result.exit_code == 0
    assert "missing  documents" in result.stdout
    assert "correct ATTEST_DOCS" in result.stdout


def test_a_setting_that_cannot_be_read_is_a_line(attest: Attest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The doctor survives what it is asked about."""
    monkeypatch.setenv("ATTEST_BUDGET_USD", "much")
    result = attest("doctor")
    assert result.exit_code == 2
    assert "missing  settings     ATTEST_BUDGET_USD is 'much'" in result.stdout


def test_a_missing_package_says_what_it_is_for(attest: Attest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a package for one kind of file the rest works."""
    monkeypatch.setitem(machine_health.PACKAGES, "no_such_package", "odd files")
    result = attest("doctor")
    assert result.exit_code == 0
    assert "missing  no_such_package  odd files" in result.stdout


def lines(attest: Attest, name: str) -> list[str]:
    return [line for line in attest("doctor").stdout.splitlines() if line.split()[1] == name]


def test_a_named_source_says_what_it_lacks(attest: Attest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What can be asked is named, and each service beside it with the setting it wants; work goes on."""
    monkeypatch.setenv("ATTEST_SOURCES", "documents,web")
    monkeypatch.setenv("ATTEST_BRAVE_KEY", "k")
    monkeypatch.setenv("ATTEST_CONTACT", "me@example.org")
    assert attest("doctor").exit_code == 0
    assert lines(attest, "sources") == [
        "ok       sources      web: wikipedia, duckduckgo, brave",
        "missing  sources      searxng (web) cannot be asked: set ATTEST_SEARXNG_URL",
        "missing  sources      tavily (web) cannot be asked: set ATTEST_TAVILY_KEY",
    ]
    assert lines(attest, "contact") == []


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("brave", "missing  sources      brave (web) cannot be asked: set ATTEST_BRAVE_KEY"),
        ("altavista", "missing  sources      there is no source 'altavista': correct ATTEST_SOURCES"),
    ],
)
def test_a_source_nobody_can_ask_stops_work(
    attest: Attest, monkeypatch: pytest.MonkeyPatch, source: str, line: str
) -> None:
    """A run would be refused, so the doctor says it first."""
    monkeypatch.setenv("ATTEST_SOURCES", f"documents,{source}")
    assert attest("doctor").exit_code == 2
    (found,) = lines(attest, "sources")
    assert found.startswith(line)


@pytest.mark.parametrize(
    ("sources", "hints"), [("documents", 0), ("community", 0), ("web", 1), ("arxiv,scholarly", 1)]
)
def test_a_caller_without_an_address_is_told_once(
    attest: Attest, monkeypatch: pytest.MonkeyPatch, sources: str, hints: int
) -> None:
    """A contact is a courtesy: the doctor mentions it where the services ask for one, and work goes on."""
    monkeypatch.setenv("ATTEST_SOURCES", sources)
    monkeypatch.delenv("ATTEST_CONTACT", raising=False)
    assert len(lines(attest, "contact")) == hints
    assert attest("doctor").exit_code == 0


def test_a_contact_no_header_can_carry_stops_work(attest: Attest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each call of a service would fail by it, so the doctor says it first."""
    monkeypatch.setenv("ATTEST_SOURCES", "community")
    monkeypatch.setenv("ATTEST_CONTACT", "Jürgen <j@example.org>")
    assert attest("doctor").exit_code == 2
    (line,) = lines(attest, "contact")
    assert line.endswith("holds signs no header can carry: write it in ASCII")


def test_policies_are_read_before_a_run_needs_them(
    attest: Attest, monkeypatch: pytest.MonkeyPatch, place: Path
) -> None:
    """A folder whose rules hold is named; a slip in one of its files is, and so is a folder that is gone."""
    assert lines(attest, "policies") == ["ok       policies     those of the release"]
    (place / "own").mkdir()
    monkeypatch.setenv("ATTEST_POLICIES", str(place / "own"))
    rule = place / "own" / "a.cedar"
    rule.write_text('forbid (principal, action, resource == Tool::"hackernews");')
    assert lines(attest, "policies") == [
        f"ok       policies     those of the release, with those in {place / 'own'}"
    ]
    rule.write_text('forbid (principal, action, resource == Tol::"hackernews");')
    assert attest("doctor").exit_code == 2
    assert "own/a.cedar" in lines(attest, "policies")[0]
    monkeypatch.setenv("ATTEST_POLICIES", str(place / "gone"))
    assert "correct ATTEST_POLICIES" in lines(attest, "policies")[0]


def test_servers_are_named_and_not_started(
    attest: Attest, monkeypatch: pytest.MonkeyPatch, place: Path
) -> None:
    """A sound file is ok although its program does not exist; one that lacks a secret says which."""
    assert lines(attest, "mcp") == []
    (place / "mcp.json").write_text(
        json.dumps({"servers": {"birds": {"command": "no-such-program", "env": {"KEY": "${BIRDS_KEY}"}}}})
    )
    monkeypatch.setenv("ATTEST_MCP", str(place / "mcp.json"))
    monkeypatch.setenv("BIRDS_KEY", "secret")
    (line,) = lines(attest, "mcp")
    assert line.startswith("ok       mcp          birds, not started")
    monkeypatch.delenv("BIRDS_KEY")
    result = attest("doctor")
    assert result.exit_code == 2
    assert "it wants BIRDS_KEY, which is not set" in result.stdout
    (place / "mcp.json").write_text("{")
    assert lines(attest, "mcp")[0].startswith(f"missing  mcp          {place / 'mcp.json'}")


def test_the_models_that_can_be_asked_are_named(attest: Attest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a key none is; with one, those of each role, and what answers where none does."""
    assert "extractive: answers in the words of the sources" in attest("doctor").stdout
    monkeypatch.setenv("ATTEST_GEMINI_KEY", "k")
    monkeypatch.setenv("ATTEST_JUDGE_MODELS", "extractive")
    line = next(line for line in attest("doctor").stdout.splitlines() if "engine" in line)
    assert "writer gemini-2.5-pro, gemini-2.5-flash" in line
    assert "judge" not in line


def test_a_login_that_lets_nobody_in_is_named(attest: Attest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A provider set up by halves and one without domains are named, then the address to register."""
    monkeypatch.setenv("OAUTH_GOOGLE_CLIENT_ID", "x")
    result = attest("doctor")
    assert result.exit_code == 2
    assert "half set up: set OAUTH_GOOGLE_CLIENT_SECRET" in result.stdout
    monkeypatch.setenv("OAUTH_GOOGLE_CLIENT_SECRET", "y")
    assert "set ATTEST_OAUTH_DOMAINS" in attest("doctor").stdout
    monkeypatch.setenv("ATTEST_OAUTH_DOMAINS", "example.org")
    assert "google must be told where to send people back: set CHAINLIT_URL" in attest("doctor").stdout
    monkeypatch.setenv("CHAINLIT_URL", "https://attest.example.org")
    result = attest("doctor")
    assert result.exit_code == 0
    assert "which sends back to https://attest.example.org/auth/oauth/google/callback" in result.stdout


def test_what_finds_passages_by_their_meaning_is_told(
    attest: Attest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """None by default; a provider that was not allowed to see documents stops work, with both ways out."""
    assert "searched by their words" in str(checks(attest)["embedder"]["detail"])
    monkeypatch.setenv("ATTEST_EMBEDDER", "google:gemini-embedding-001")
    result = attest("doctor")
    assert result.exit_code == 2
    assert "set ATTEST_EMBED_DOCUMENTS_AT_PROVIDER=yes to let it" in result.stdout
