"""Remember which `.env` files a person trusts: trust holds for one path and its content at that time."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from graph.config.env_file import EnvFile
from graph.errors import Misconfigured
from graph.private_files import make_folder


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustRecord:
    """Record that a file is trusted: which one, and since when, in seconds since the epoch."""

    path: Path
    given: float
    record: Path


class TrustedFiles:
    """Keep the trust records of a person, each a private file in the folder `trusted`.

    The name of a record is the hash of the file and what it names, so a changed file is not trusted.
    """

    def __init__(self, config: Path) -> None:
        self._folder = config / "trusted"

    def holds(self, file: EnvFile) -> bool:
        """Tell whether this file is trusted as it is; without any record it is not hashed."""
        records = {yes.record.name for yes in self.listed() if yes.path == file.path}
        return bool(records) and digest(file) in records

    def add(self, path: Path, seen: str) -> None:
        """Record that a file is trusted, by its `digest`, and drop earlier records; raises Misconfigured."""
        self.remove(path)
        try:
            make_folder(self._folder)
            descriptor = os.open(self._folder / seen, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as record:
                record.write(os.fsencode(path))
        except OSError as error:
            raise Misconfigured(
                f"cannot write {self._folder} ({error.strerror}): set XDG_CONFIG_HOME to a folder of yours"
            ) from None

    def listed(self) -> Iterator[TrustRecord]:
        """Yield every record, sorted by path."""
        found = []
        with suppress(OSError):
            for record in filter(Path.is_file, self._folder.iterdir()):
                path = Path(os.fsdecode(record.read_bytes()[: os.pathconf("/", "PC_PATH_MAX")]))
                found.append(TrustRecord(path=path, given=record.stat().st_mtime, record=record))
        yield from sorted(found, key=lambda yes: yes.path)

    def remove(self, path: Path) -> bool:
        """Trust a file no more; return False if it was not trusted."""
        records = [yes.record for yes in self.listed() if yes.path == path]
        for record in records:
            record.unlink(missing_ok=True)
        return bool(records)


def named_files(file: EnvFile) -> tuple[Path, ...]:
    """Return the files that start programs or permit calls: the list of MCP servers and the policies."""
    values = file.values()
    servers = [Path(values["ATTEST_MCP"])] if values.get("ATTEST_MCP") else []
    policies = Path(values["ATTEST_POLICIES"]).glob("*.cedar") if values.get("ATTEST_POLICIES") else ()
    return (*servers, *sorted(policies))


def digest(file: EnvFile) -> str:
    """Hash a file with those it names: a changed list of MCP servers is a changed file."""
    whole = hashlib.sha256(_hashed(os.fsencode(file.path)) + _hashed(file.content))
    for path in named_files(file):
        whole.update(_hashed(os.fsencode(path)) + _hashed_file(path))
    return whole.hexdigest()


def _hashed(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def _hashed_file(path: Path) -> bytes:
    """Hash a file; one that cannot be read starts nothing, so it counts as empty until it can."""
    with suppress(OSError):
        if path.is_file():
            with path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").digest()
    return _hashed(b"")
