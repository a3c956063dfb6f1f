"""Collect the settings of a process: the environment over files that a person chose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from graph.config.env_file import EnvFile, read_env_file
from graph.config.env_trust import TrustedFiles
from graph.config.path_values import check_owner, config_folder, whole_path
from graph.errors import Misconfigured

ENV_FILE = "ATTEST_ENV_FILE"
OLD_HOME = Path(".attest")
OF_THE_CHAT = ("OAUTH_", "CHAINLIT_")
"""The prefixes of settings that Chainlit reads, and only from the environment."""
_OURS = re.compile(
    rb"""(?:\A|(?<=[\r\n]))[^\S\r\n]*+(?:export[^\S\r\n]++)?+["']?(?:ATTEST|OAUTH|CHAINLIT)_"""
)


def gathered(environ: Mapping[str, str]) -> dict[str, str]:
    """Return `environ` over the file it names, or the trusted `.env` of this folder, over one's own.

    Raises Misconfigured for a file that was chosen and cannot be read.
    """
    files = [file.values() for file in used(environ)]
    return {name: value for values in (*files, environ) for name, value in values.items()}


def used(environ: Mapping[str, str]) -> list[EnvFile]:
    """Return the files that are read, the strongest last; raises Misconfigured like `gathered`."""
    config = config_folder(environ)
    for path in (config, config / "env"):
        check_owner(path, "set XDG_CONFIG_HOME to a folder of yours")
    own = read_env_file(config / "env")
    chosen = named_file(environ) or trusted_file(environ)
    return [file for file in (own, chosen) if file]


def named_file(environ: Mapping[str, str]) -> EnvFile | None:
    """Return the file of settings that this process was given; raises Misconfigured if it is missing."""
    if (path := whole_path(environ, ENV_FILE)) is None:
        return None
    if found := read_env_file(path):
        return found
    raise Misconfigured(f"there is no file {path}: correct --env-file or {ENV_FILE}")


def env_file_of(folder: Path) -> EnvFile | None:
    """Return the `.env` of a folder; raises Misconfigured for one that cannot be read."""
    return read_env_file(folder.resolve() / ".env")


def trusted_file(environ: Mapping[str, str]) -> EnvFile | None:
    """Return the `.env` of the working folder, if a person trusts it as it is."""
    file = _present()
    return file if file and TrustedFiles(config_folder(environ)).holds(file) else None


def overlooked(environ: Mapping[str, str]) -> Iterator[str]:
    """Say in one line each what is in the working folder and not used, with the way out."""
    if not environ.get(ENV_FILE) and _present() and not trusted_file(environ):
        yield "the .env of this folder is not used; see what it sets, and say if you trust it: attest trust"
    if _is_old_home(OLD_HOME) and not _is_home(gathered(environ)):
        yield (
            "the .attest of this folder, a home of an earlier release, is not used; "
            f"if it is yours, move it: attest home --move-from {OLD_HOME}"
        )


def _present() -> EnvFile | None:
    """Return the `.env` of the working folder if it sets anything we read; it is not parsed for that."""
    try:
        file = env_file_of(Path())
    except (Misconfigured, OSError):
        return None
    return file if file and _OURS.search(file.content) else None


def _is_old_home(folder: Path) -> bool:
    try:
        return any((folder / name).exists() for name in ("attest.db", "accounts.json"))
    except OSError:  # an unreadable folder holds nothing of this person's
        return False


def _is_home(values: Mapping[str, str]) -> bool:
    home = values.get("ATTEST_HOME", "")
    return bool(home) and Path(home).expanduser().resolve() == OLD_HOME.resolve()
