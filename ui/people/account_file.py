"""Keep the accounts in one file: read again when it changed, written whole, by one writer at a time."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from graph.errors import Misconfigured
from graph.options import Role
from ui.strict_json import read_json
from ui.whole_file import OWNER_ONLY, write_whole

FORMAT = "attest.accounts/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredToken:
    """Keep a bearer token by its sha256; `created` in seconds since the epoch."""

    id: str
    label: str
    digest: str
    created: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAccount:
    """Keep an account; `password` is an argon2id hash."""

    name: str
    role: Role
    password: str
    created: float
    tokens: tuple[StoredToken, ...] = ()


Stored = Mapping[str, StoredAccount]


class AccountFile:
    """Hold `accounts.json` of a home; raises Misconfigured where it cannot be read or written."""

    def __init__(self, home: Path) -> None:
        self._path = home / "accounts.json"
        self._seen: tuple[int, int, int] | None = None
        self._accounts: Stored = {}

    def read(self) -> Stored:
        """Return the accounts by name, as they are in the file now."""
        try:
            stat = self._path.stat()
            seen = (stat.st_ino, stat.st_mtime_ns, stat.st_size)
            if seen != self._seen:
                self._accounts, self._seen = _parsed(self._path.read_text(encoding="utf-8")), seen
        except FileNotFoundError:
            self._accounts, self._seen = {}, None
        except OSError as error:
            raise self._failed("read", error) from error
        except (ValueError, KeyError, TypeError):
            raise Misconfigured(
                f"{self._path} is no file of accounts: nothing was changed; mend it or move it aside"
            ) from None
        return self._accounts

    @contextmanager
    def changing(self) -> Iterator[dict[str, StoredAccount]]:
        """Yield the accounts to change, and write them whole if nothing was raised; others wait."""
        with self._locked():
            accounts = dict(self.read())
            yield accounts
            shown = {"schema": FORMAT, "accounts": [asdict(each) for each in accounts.values()]}
            try:
                write_whole(self._path, f"{json.dumps(shown, indent=1)}\n".encode(), OWNER_ONLY)
            except OSError as error:
                raise self._failed("write", error) from error

    @contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            path = self._path.with_suffix(".lock")
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, OWNER_ONLY)
        except OSError as error:
            raise self._failed("write", error) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def _failed(self, what: str, error: OSError) -> Misconfigured:
        mend = "set ATTEST_HOME to a folder you may write"
        return Misconfigured(f"cannot {what} {self._path} ({error.strerror}): {mend}")


def _parsed(text: str) -> Stored:
    stored = read_json(text)
    if stored["schema"] != FORMAT:
        raise ValueError(FORMAT)
    return {each["name"]: _account(each) for each in stored["accounts"]}


def _account(stored: dict[str, Any]) -> StoredAccount:
    tokens = tuple(StoredToken(**token) for token in stored["tokens"])
    return StoredAccount(**{**stored, "role": Role(stored["role"]), "tokens": tokens})
