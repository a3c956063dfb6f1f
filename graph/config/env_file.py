"""Read a file of settings: lines of NAME=value, as in `.env.example`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from graph.errors import Misconfigured

MOST_BYTES = 65_536
PATHS = ("ATTEST_HOME", "ATTEST_POLICIES", "ATTEST_MCP", "ATTEST_EVAL_DATA")
"""Settings that hold one path."""
_SQLITE = "sqlite:///"


@dataclass(frozen=True, slots=True, kw_only=True)
class EnvFile:
    """Hold a file of settings as it was read: its whole path and its bytes."""

    path: Path
    content: bytes

    def values(self, *, interpolate: bool = True) -> dict[str, str]:
        """Return what the file sets; a relative path in it is relative to its folder.

        `${NAME}` is filled in, unless `interpolate` is false. Raises Misconfigured for what is not text.
        """
        from dotenv import dotenv_values  # noqa: PLC0415  # imported only where there is a file to read

        found = dotenv_values(stream=StringIO(self.text()), interpolate=interpolate)
        return _anchored({name: value or "" for name, value in found.items()}, self.path.parent)

    def text(self) -> str:
        """Return the file as text; raises Misconfigured for bytes that are not text."""
        try:
            text = self.content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = "\0"
        if "\0" in text:
            raise Misconfigured(f"{self.path} is no text in UTF-8: write it anew, as .env.example")
        return text


def read_env_file(path: Path) -> EnvFile | None:
    """Return a file of settings, or None if there is none.

    Raises Misconfigured for one that cannot be read, or has more than 64 KiB.
    """
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Misconfigured(f"{path} cannot be read ({error.strerror}): mend it, or move it away") from None
    if len(content) > MOST_BYTES:
        raise Misconfigured(f"{path} holds more than {MOST_BYTES >> 10} KiB: no file of settings is so large")
    return EnvFile(path=path, content=content)


def _anchored(values: Mapping[str, str], folder: Path) -> dict[str, str]:
    whole = {name: str(_whole(values[name], folder)) for name in PATHS if values.get(name)}
    if docs := values.get("ATTEST_DOCS"):
        parts = (str(_whole(part, folder)) for part in docs.split(os.pathsep) if part)
        whole["ATTEST_DOCS"] = os.pathsep.join(parts)
    if (url := values.get("ATTEST_DATABASE_URL", "")).startswith(_SQLITE) and url != _SQLITE:
        whole["ATTEST_DATABASE_URL"] = f"{_SQLITE}{_whole(url.removeprefix(_SQLITE), folder)}"
    return {**values, **whole}


def _whole(path: str, folder: Path) -> Path:
    with suppress(RuntimeError):  # no such user: the path stays as written
        return folder / Path(path).expanduser()
    return folder / path
