"""Show what a `.env` would set, and store the decision to trust it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from graph.config.database_address import server
from graph.config.env_file import EnvFile
from graph.config.env_trust import TrustedFiles, digest, named_files
from graph.config.environment import OF_THE_CHAT, env_file_of
from graph.config.path_values import config_folder
from graph.config.settings import SETTINGS, own_environment
from graph.errors import Misconfigured
from guards.visible_text import one_line, write_json
from ui.terminal.confirm import agreed
from ui.terminal.exits import Code
from ui.terminal.streams import answer, answer_json, tell

_READ = ("ATTEST_", *OF_THE_CHAT)
_SECRET = re.compile(r"(KEY|TOKEN|SECRET|PASSWORD)$")
_REFERENCE = re.compile(r"\$\{([^}:$]*)(?::-[^}$]*)?\}")
"""A name that is filled in from the environment, with or without a default."""
_OPEN = frozenset(("host", "hostaddr", "port", "dbname", "user", "service", "sslmode", "options"))
"""Parameters of a database's address that say where it is, and may be shown."""
_MOST_SHOWN = 1_048_576


def trust(folder: Path, *, yes: bool) -> Code:
    """Show the `.env` of a folder and ask whether to trust it; raises Misconfigured where there is none."""
    file = env_file_of(folder.expanduser())
    if file is None:
        raise Misconfigured(f"there is no .env in {folder}: name the folder that holds it")
    seen = digest(file)
    tell(f"{one_line(str(file.path))} sets")
    for line in (*_others(file), *_sets(file), *_starts(file)):
        tell(f"  {one_line(line)}")
    if not agreed("Trust it, as it is now?", yes=yes, way_out="attest trust --yes"):
        tell("it is not used")
        return Code.REFUSED
    _trust().add(file.path, seen)
    answer(f"{one_line(str(file.path))} is used in its folder until it changes")
    return Code.DONE


def show_trusted(*, as_json: bool) -> None:
    """List the files that are trusted, and whether they are still what was trusted."""
    rows = [
        {"path": str(yes.path), "trusted": yes.given, "unchanged": _is_unchanged(yes.path)}
        for yes in _trust().listed()
    ]
    if as_json:
        answer_json(write_json(rows))
    elif rows:
        answer("\n".join(_row(row) for row in rows))
    else:
        tell("no .env is trusted: attest trust, in its folder")


def remove(folder: Path) -> None:
    """Stop trusting a file; its folder may be gone. Raises Misconfigured where it was not trusted."""
    path = folder.expanduser().resolve() / ".env"
    if not _trust().remove(path):
        raise Misconfigured(f"{path} was not trusted: see attest trust --list")
    answer(f"{one_line(str(path))} is not used any more")


def _trust() -> TrustedFiles:
    return TrustedFiles(config_folder(own_environment()))


def _row(row: dict[str, object]) -> str:
    when = datetime.fromtimestamp(float(str(row["trusted"])), UTC).astimezone().strftime("%Y-%m-%d %H:%M")
    state = "" if row["unchanged"] else "  changed or gone since, so not used"
    return one_line(f"{when}  {row['path']}{state}")


def _is_unchanged(path: Path) -> bool:
    try:
        file = env_file_of(path.parent)
    except Misconfigured:
        return False
    return file is not None and _trust().holds(file)


def _others(file: EnvFile) -> Iterator[str]:
    """Name what the file sets for others: the list of MCP servers may use it as ${NAME}."""
    values = file.values(interpolate=False)
    if others := [f"{name}{_takes(value)}" for name, value in values.items() if not name.startswith(_READ)]:
        yield f"{', '.join(others)}  (for ${{NAME}} in the file of MCP servers)"


def _sets(file: EnvFile) -> Iterator[str]:
    """Yield each name we read with its value as it is written, and what it is for; no secret is shown."""
    purposes = {setting.name: setting.purpose for setting in SETTINGS}
    for name, value in file.values(interpolate=False).items():
        if name.startswith(_READ):
            purpose = f"  ({purposes[name]})" if name in purposes else ""
            shown = _shown(name, value)
            takes = _takes(value) if _names(shown) != _names(value) else ""
            yield f"{name}={shown}{takes}{purpose}"


def _shown(name: str, value: str) -> str:
    if value and _SECRET.search(name):
        return f"… ({len(value)} characters, not shown)"
    return f"{server(value).shown}{_parameters(value)}" if "://" in value else value


def _parameters(address: str) -> str:
    """Return the parameters of an address without secrets: they may lead to another host."""
    _, found, query = address.partition("?")
    if "@" in query:  # what could be read in two ways is not shown
        return ""
    pairs = (part.partition("=") for part in query.split("&") if part)
    return found + "&".join(f"{name}={value if name in _OPEN else '…'}" for name, _, value in pairs)


def _names(value: str) -> list[str]:
    return list(dict.fromkeys(_REFERENCE.findall(value)))


def _takes(value: str) -> str:
    """Name the settings that fill a hidden value: a key may belong to another service."""
    names = ", ".join(_names(value))
    return names and f" (filled in from {names})"


def _starts(file: EnvFile) -> Iterator[str]:
    """Yield what the files it names would start or permit."""
    for path in named_files(file):
        yield f"and reads {path}, which counts as part of it"
        if path.suffix != ".cedar":
            yield from _servers(path)


def _servers(path: Path) -> Iterator[str]:
    """Describe each MCP server of a file; one that cannot be read starts nothing."""
    try:
        with path.open("rb") as content:
            read = json.loads(content.read(_MOST_SHOWN))
        entries = (read.get("servers") or read.get("mcpServers")).items()
        for name, entry in entries:
            words = [entry.get("command") or entry.get("url") or "", *entry.get("args", ())]
            told = ", ".join(_names(json.dumps(entry)))
            what = "starts" if entry.get("command") else "asks"
            yield f"{what} {name}: {' '.join(map(str, words))}{told and '; it is told '}{told}"
    except (OSError, ValueError, AttributeError, TypeError, RecursionError):
        yield "where no MCP server can be made out"
