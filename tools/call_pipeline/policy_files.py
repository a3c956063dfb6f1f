"""Read policies from files, and notice when an operator changes them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Generic, TypeVar

from graph.errors import Misconfigured
from graph.records import Clock

LOOK_SECONDS = 1.0

Rules = TypeVar("Rules")

_Look = tuple[tuple[str, int, int], ...]
"""The state of the operator's files: name, time of the last change in nanoseconds, size in bytes."""


def warn(text: str) -> None:
    """Log a warning."""
    logging.getLogger(__name__).warning(text)


class PolicyFiles(Generic[Rules]):
    """Hold the newest rules that can be used; `own` is the operator's folder, `section` a folder in it.

    `made` makes rules from texts, by file name, and from the schema. The files are looked at again at the
    first use that comes LOOK_SECONDS after the last look. While the files cannot be used, the old rules stay
    in force, and `alarm` is told the problem once. Raises Misconfigured for such a problem at the start.
    """

    def __init__(
        self,
        made: Callable[[Mapping[str, str], str], Rules],
        own: Path | None,
        *,
        section: str = "",
        clock: Clock,
        alarm: Callable[[str], None] = warn,
    ) -> None:
        self._made = made
        self._own = own
        self._section = section
        self._clock = clock
        self._alarm = alarm
        self._schema, self._release = _released(section)
        self._looked = clock()
        self._used = self._look()
        self._rules = self._read()
        self._told: tuple[_Look, str] | None = None

    def rules(self) -> Rules:
        """Return the rules in force."""
        now = self._clock()
        if self._own is not None and not 0 <= now - self._looked < LOOK_SECONDS:
            self._looked = now
            self._refresh()
        return self._rules

    def _refresh(self) -> None:
        look: _Look = ()
        try:
            look = self._look()
            if look != self._used:
                self._rules = self._read()
        except Misconfigured as problem:
            self._tell(look, str(problem))
        else:
            self._used, self._told = look, None

    def _read(self) -> Rules:
        return self._made({**self._release, **self._texts()}, self._schema)

    def _tell(self, look: _Look, problem: str) -> None:
        if self._told != (look, problem):
            self._told = (look, problem)
            self._alarm(f"{problem}; until then the old policies stay in force")

    def _look(self) -> _Look:
        try:
            return tuple(
                (path.name, (stat := path.stat()).st_mtime_ns, stat.st_size) for path in self._files()
            )
        except OSError as error:
            raise _unreadable(error) from None

    def _texts(self) -> dict[str, str]:
        """Read the operator's policies, by their whole paths: none can replace a policy of the release."""
        try:
            return {str(path): _text(path) for path in self._files()}
        except OSError as error:
            raise _unreadable(error) from None

    def _files(self) -> list[Path]:
        """Return the operator's policies in order, without the hidden files that editors leave behind.

        The section may be missing; the folder itself may not.
        """
        if self._own is None:
            return []
        if self._section and not (self._own / self._section).exists() and self._own.exists():
            return []
        found = (self._own / self._section).iterdir()
        return sorted(path for path in found if path.suffix == ".cedar" and not path.name.startswith("."))


def _released(section: str) -> tuple[str, dict[str, str]]:
    """Return the schema and the policies of the release, by file name."""
    folder = files("guards") / "policies" / section
    found = [file for file in folder.iterdir() if file.is_file()]
    (schema,) = (file for file in found if file.name.endswith(".cedarschema"))
    policies = {file.name: file.read_text(encoding="utf-8") for file in found if file.name.endswith(".cedar")}
    return schema.read_text(encoding="utf-8"), policies


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise Misconfigured(f"policy {path}: it is no UTF-8 text: write it again") from None


def _unreadable(error: OSError) -> Misconfigured:
    return Misconfigured(f"{error.filename} cannot be read ({error.strerror}): correct ATTEST_POLICIES")
