"""Keep the secret that signs the sessions of a browser."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from graph.errors import Misconfigured
from graph.people.bearer_secret import new_secret
from graph.private_files import FILE, make_folder

LEAST = 32


def session_secret(home: Path) -> str:
    """Return the secret of a home; the first call makes it. Only its owner may read the file.

    Raises Misconfigured where it cannot be read or made.
    """
    path = home / "session.secret"
    try:
        make_folder(home)
        _make(path)
        secret = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Misconfigured(
            f"cannot read or make {path}: set ATTEST_HOME to a folder you may write"
        ) from error
    if len(secret) < LEAST:
        raise Misconfigured(f"{path} is too short to sign with: remove it, and everybody logs in again")
    return secret


def _make(path: Path) -> None:
    """Write a new secret to a temporary file and link it, unless there is one: two starts make one."""
    if path.exists():
        return
    aside = path.with_name(f".{path.name}.{new_secret()}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, FILE)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(new_secret())
        with suppress(FileExistsError):
            path.hardlink_to(aside)
    finally:
        aside.unlink(missing_ok=True)
