"""The files below the roots of a run, as they look without being opened."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from graph.errors import Misconfigured
from graph.records import Unknown
from tools.documents.formats.table import stamp
from tools.documents.names import labels, location
from tools.lexicon.terms import RELEASE as ANALYSIS

MOST_BYTES = 50 * 1024 * 1024
_IGNORED = (".", "~$")  # hidden, or what Word keeps beside a document that is open
_SPECIAL = {stat.S_IFIFO: "a named pipe", stat.S_IFSOCK: "a socket"}
_MEND = "name one that can be read with --docs or ATTEST_DOCS"


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """Point at a file: `location` is how a report names it, `path` holds no link.

    `suffix` is in small letters with its dot,
    `size` in bytes, `fingerprint` changes when the file or the code that reads it does.
    """

    location: str
    path: str
    suffix: str
    size: int
    fingerprint: str


@dataclass(slots=True, kw_only=True)
class Listing:
    """Hold the files of some roots by location, in a fixed order, and what lies there but cannot be read."""

    files: dict[str, File] = field(default_factory=dict)
    skipped: list[Unknown] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def skip(self, name: str, reason: str) -> None:
        """Note that a document cannot be read, and why."""
        self.skipped.append(unreadable(name, reason))


def unreadable(name: str, reason: str) -> Unknown:
    """Say that a document cannot be read, and why."""
    return Unknown(kind="unreadable", detail=f"{name}: {reason}")


def unsure(name: str, said: str) -> Unknown:
    """Say what of a document may be read wrongly."""
    return Unknown(kind="unsure_text", detail=f"{name}: {said}")


def reason(error: OSError) -> str:
    """Say in plain words why the system would not give a file out."""
    return f"it cannot be opened ({error.strerror or type(error).__name__})"


def listing(roots: Sequence[str]) -> Listing:
    """List the files at or below absolute roots; hidden ones and links out of a root are left out.

    Raises Misconfigured, naming the root that does not exist or cannot be opened.
    """
    found = Listing()
    for root, label in labels(sorted({os.path.normpath(root) for root in roots})).items():
        try:
            top = os.path.realpath(root, strict=True)
            if Path(top).is_dir():
                _walk(top, label, found)
            else:
                _add(top, location(label, "" if label else Path(root).name), found)
        except OSError as error:
            raise Misconfigured(f"{root} cannot be opened ({error.strerror}): {_MEND}") from error
    return found


def _walk(top: str, label: str, found: Listing) -> None:
    """Add every file below a folder, in the order of the names."""

    def refuse(error: OSError) -> None:
        if error.filename == top:
            raise error
        found.skip(location(label, os.path.relpath(error.filename, top)), reason(error))

    for folder, folders, names in os.walk(top, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith(_IGNORED))
        shown = [name for name in names if not name.startswith(_IGNORED)]
        linked = [name for name in folders if Path(folder, name).is_symlink()]
        for name in sorted((*linked, *shown)):
            path = Path(folder, name)
            _follow(path, top, location(label, os.path.relpath(path, top)), found)


def _follow(path: Path, top: str, name: str, found: Listing) -> None:
    """Add a file, or the hidden file in the same folder that a link leads to."""
    if not path.is_symlink():
        _add(str(path), name, found)
        return
    target = os.path.realpath(path)
    if not Path(target).is_relative_to(top):
        found.skip(name, "it is a link that leaves the folder")
    elif not path.exists():
        found.skip(name, "it is a link that leads nowhere")
    elif Path(target).is_file() and _hidden(target, top):
        _add(target, name, found)  # as Kubernetes mounts them; any other target is read under its own name


def _hidden(path: str, top: str) -> bool:
    return any(part.startswith(_IGNORED) for part in Path(path).relative_to(top).parts)


def _add(path: str, name: str, found: Listing) -> None:
    """Add what is a file of a readable size; note what is not."""
    if path in found.seen:
        return
    found.seen.add(path)
    try:
        look = os.lstat(path)
    except OSError as error:
        found.skip(name, reason(error))
        return
    if problem := _problem(look, taken=name in found.files):
        found.skip(name, problem)
        return
    suffix = PurePath(name).suffix.lower()
    fingerprint = f"{stamp(suffix)}-{ANALYSIS}:{look.st_size}:{look.st_mtime_ns}"
    found.files[name] = File(
        location=name, path=path, suffix=suffix, size=look.st_size, fingerprint=fingerprint
    )


def _problem(look: os.stat_result, *, taken: bool) -> str:
    """Say what keeps a file from being read, as far as that can be seen from outside."""
    if not stat.S_ISREG(look.st_mode):
        return f"it is {_SPECIAL.get(stat.S_IFMT(look.st_mode), 'a device')}, not a file"
    if not look.st_size:
        return "it is empty"
    if look.st_size > MOST_BYTES:
        return f"it is larger than {MOST_BYTES >> 20} MB"
    return "another file is shown under the same name" if taken else ""
