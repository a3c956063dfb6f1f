"""Nothing in a folder somebody stands in is obeyed or executed before they trusted it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.main import get_command

from tests.fakes.studio import free_port
from tests.security.hostile import SECRETS, Trap, trap
from ui.cli import app

PARSER = "tools.documents.child"
OF_PLATFORM = ("('uname', ['uname', '-p']", "('file', ['file', '-b'")
"""What Python's own `platform` asks of the machine, for LangGraph's server."""

# Each command as a person would type it here, with the exit code that says it did what it is for.
COMMANDS: dict[str, tuple[tuple[str, ...], int]] = {
    "ask": (("What does a heron wait for?", "--docs", ".", "--out", "{out}", "--run-id", "birds"), 0),
    "show": (("birds",), 0),
    "runs": ((), 0),
    "resume": (("birds", "--out", "{out}"), 0),
    "stop": (("birds",), 2),
    "costs": ((), 0),
    "verify": (("{out}",), 0),
    "tools": ((), 0),
    "doctor": ((), 0),
    "trust": ((), 2),
    "home": ((), 0),
    "budget set": (("all", "20"), 0),
    "budget show": ((), 0),
    "users add": (("ann", "--password-stdin"), 0),
    "users list": ((), 0),
    "users passwd": (("ann", "--password-stdin"), 0),
    "users role": (("ann", "viewer"), 0),
    "users token": (("ann",), 0),
    "users revoke": (("ann", "00000000"), 2),
    "users logout": (("ann",), 0),
    "users unlink": (("ann",), 0),
    "users remove": (("ann",), 0),
}
SERVERS = {"chat": "/health", "studio": "/ok"}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trap]:
    with trap(tmp_path_factory.mktemp("trap")) as made:
        yield made


def known_commands() -> set[str]:
    """Return every command there is, those of a group by both words."""
    found = set()
    for name, command in getattr(get_command(app), "commands", {}).items():
        within = getattr(command, "commands", {})
        found |= {f"{name} {inner}" for inner in within} or {name}
    return found


def check_nothing_happened(
    hostile: Trap, before: dict[str, bytes], *, processes: tuple[str, ...] = ()
) -> None:
    """Assert that no file, process, connection or key went where nobody asked."""
    assert hostile.files() == before
    assert list(hostile.caught.iterdir()) == []
    assert hostile.listener.heard == []
    for event, detail in hostile.events():
        if event == "socket.connect":
            raise AssertionError(f"it connects: {detail}")
        assert event not in {"import", "compile"}, f"it runs what lies here: {detail}"
        assert any(word in detail for word in processes), f"it starts a process: {event} {detail}"


def test_every_command_is_tried() -> None:
    """A new command has a line here, or this fails."""
    assert known_commands() == {*COMMANDS, *SERVERS}


def test_no_command_obeys_the_folder(hostile: Trap, tmp_path: Path) -> None:
    """Every command does its work in the home of the person; the folder is named, and read as documents."""
    before = hostile.files()
    for name, (arguments, code) in COMMANDS.items():
        words = [word.format(out=tmp_path / "out") for word in arguments]
        done = hostile.attest(*name.split(), *words, stdin="correct horse battery\n")
        assert done.returncode == code, f"{name}: {done.stdout}{done.stderr}"
        said = done.stdout + done.stderr
        assert not [secret for secret in SECRETS.values() if secret in said], name
        assert "mallory" not in said.replace(str(hostile.folder), ""), name
        if name not in {"trust", "home", "doctor", "verify"}:
            assert done.stderr.count("attest trust") == 1, f"{name}: {done.stderr}"
            assert done.stderr.count("attest home --move-from .attest") == 1, name
        check_nothing_happened(hostile, before, processes=(PARSER,))
    assert (hostile.home / ".local/share/attest/attest.db").is_file()


def test_a_report_is_not_published_through_a_link(hostile: Trap) -> None:
    """Without --out it would go to `reports`, which leads elsewhere: one line, before anything is paid."""
    before = hostile.files()
    done = hostile.attest("ask", "What does a heron wait for?", "--docs", ".")
    assert (done.returncode, done.stdout) == (2, "")
    assert "reports is a link" in done.stderr
    check_nothing_happened(hostile, before)


def test_no_way_to_show_a_report_obeys_the_folder(hostile: Trap, tmp_path: Path) -> None:
    """A page, a paper, an archive and a picture are written where they were asked for, and nothing else."""
    before, out = hostile.files(), tmp_path / "out"
    assert hostile.attest("ask", "Where does a heron wait?", "--docs", ".", "--out", str(out)).returncode == 0
    names = {"--html": "a.html", "--pdf": "a.pdf", "--zip": "a.zip"}
    words = [word for option, name in names.items() for word in (option, str(out / name))]
    run = json.loads(hostile.attest("runs", "--json").stdout)[0]["id"]
    assert hostile.attest("show", run, *words).returncode == 0
    assert hostile.attest("show", run, "--timeline", "--svg", str(out / "a.svg")).returncode == 0
    assert {"a.html", "a.pdf", "a.svg", "a.zip"} <= {path.name for path in out.iterdir()}
    check_nothing_happened(hostile, before, processes=(PARSER,))


def test_an_mcp_server_of_ones_own_imports_nothing_from_the_folder(hostile: Trap) -> None:
    """A server that is a Python module is looked for beside its settings, not where a person stands."""
    before = hostile.files()
    listed = hostile.home / ".config" / "attest" / "mcp.json"
    server = {"command": sys.executable, "args": ["-m", "notes_mcp"]}
    listed.write_text(json.dumps({"servers": {"notes": server}}))
    started = replace(hostile, more={"ATTEST_MCP": str(listed)}).attest("tools")
    assert started.returncode == 2
    assert "notes" in started.stderr
    check_nothing_happened(hostile, before, processes=("notes_mcp",))


@pytest.mark.parametrize("name", sorted(SERVERS))
def test_no_server_obeys_the_folder(hostile: Trap, name: str) -> None:
    """The chat and Studio start, answer and end without executing, unpickling or loading what lies there."""
    before, port = hostile.files(), free_port()
    log = hostile.home / f"{name}.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            hostile.command(name, "--docs", ".", "--port", str(port)),
            cwd=hostile.folder,
            env=hostile.environment(),
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    try:
        page = answered(f"http://127.0.0.1:{port}{SERVERS[name]}", process, log)
        assert page.is_success
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=60)
    assert "Mallory" not in log.read_text()
    # The chat reads the documents it was given, to know what it may offer to ask.
    check_nothing_happened(hostile, before, processes=(*OF_PLATFORM, PARSER))


def answered(url: str, process: subprocess.Popen[bytes], log: Path) -> httpx.Response:
    until = time.monotonic() + 90
    while time.monotonic() < until and process.poll() is None:
        try:
            return httpx.get(url, timeout=60)
        except httpx.TransportError:
            time.sleep(0.2)
    raise AssertionError(log.read_text())


def test_chainlits_own_command_does_not_start_here(hostile: Trap) -> None:
    """`chainlit run` reads the `.env` here before we are asked, so it ends in one line with the way out."""
    before = hostile.files()
    script = Path(hostile.command()[0]).with_name("chainlit")
    chat = Path(__file__).parents[2] / "ui" / "app.py"
    environment = hostile.environment() | {"CHAINLIT_APP_ROOT": str(chat.parent)}
    done = subprocess.run(
        [str(script), "run", str(chat), "--headless", "--port", str(free_port())],
        cwd=hostile.folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].endswith("open the chat with attest chat")
    check_nothing_happened(hostile, before)


def test_trust_is_for_the_file_and_what_it_names_as_they_are(hostile: Trap, tmp_path: Path) -> None:
    """After a yes the file is used; a changed byte in it, or in the list of servers it names, ends that."""
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "mcp.json").write_text('{"servers": {}}')
    (folder / ".env").write_text("ATTEST_MCP=mcp.json\nATTEST_SOURCES=community\n")
    mine = Trap(
        folder=folder,
        caught=hostile.caught,
        home=hostile.home,
        elsewhere=hostile.elsewhere,
        listener=hostile.listener,
    )

    def sources() -> Any:  # noqa: ANN401  # as JSON has it
        checks = json.loads(mine.attest("doctor", "--json").stdout)
        return [check["detail"] for check in checks if check["name"] == "sources"]

    assert sources() == []
    assert mine.attest("trust", "--yes").returncode == 0
    assert sources() != []
    listed = json.loads(mine.attest("trust", "--list", "--json").stdout)
    assert [(row["path"], row["unchanged"]) for row in listed] == [(str(folder / ".env"), True)]
    (folder / "mcp.json").write_text('{"servers": {"a": {"command": "sh"}}}')
    assert sources() == []
    assert mine.attest("trust", "--yes").returncode == 0
    assert sources() != []
    with (folder / ".env").open("a") as more:
        more.write("#")
    assert sources() == []
    assert mine.attest("trust", "--remove").returncode == 0
    assert mine.attest("trust", "--list").stdout == ""
