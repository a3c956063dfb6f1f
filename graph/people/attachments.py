"""Keep the files that a person attached to a conversation."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from uuid import UUID

from graph.records import Clock
from guards.visible_text import one_line
from tools.documents.document_reader import DocumentReader
from tools.documents.folder import MOST_BYTES, File, listing
from tools.documents.formats.table import FORMATS
from tools.documents.parser import Parser

UPLOADS = "uploads"
MOST_FILES = 20
MOST_CONVERSATION_BYTES = MOST_FILES * MOST_BYTES
_LONGEST_STEM = 80
_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingFile:
    """Locate a file that was sent: `name` is the sender's name for it."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentResult:
    """Hold the name of a file, and the reason why it was not kept; "" for one that was."""

    name: str
    reason: str = ""


def folder_of(home: Path, account: str, thread: str) -> Path:
    """Return the folder of the files of a conversation."""
    return folder_of_account(home, account) / str(UUID(thread))


def folder_of_account(home: Path, account: str) -> Path:
    """Return the folder of all files of an account; its name is a hash where the id is no file name."""
    plain = account if re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.@-]{0,63}", account) else _hash(account)
    return (home / UPLOADS / plain).absolute()


def has_files(folder: Path) -> bool:
    """Tell whether a conversation has files."""
    return folder.is_dir() and any(folder.iterdir())


def is_document(path: Path) -> bool:
    """Tell whether the document reader reads files of this kind."""
    return path.suffix.lower() in FORMATS


def keep_files(
    files: Iterable[IncomingFile], folder: Path, clock: Clock
) -> Generator[AttachmentResult, None, None]:
    """Keep the files that can be read, one at each step; the result of any other has the reason.

    Each step blocks: call `next` in a thread.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for made in (folder, folder.parent, folder.parent.parent):
        made.chmod(0o700)
    parser = Parser()
    try:
        reader = DocumentReader(parser=parser, clock=clock)
        for file in files:
            yield _keep(file, folder, reader)
    finally:
        parser.close()


def _keep(file: IncomingFile, folder: Path, reader: DocumentReader) -> AttachmentResult:
    name = _plain(file.name)
    if problem := _problem(name, file, folder):
        return AttachmentResult(name=name, reason=problem)
    for place in _places(folder, name):
        if place.exists() and _same(place, file.path):
            return AttachmentResult(name=place.name)
        if not place.exists():
            _copy(file.path, place)
            return _checked(place, reader)
    raise OSError(errno.EEXIST, name)


def _checked(place: Path, reader: DocumentReader) -> AttachmentResult:
    """Try a file with the document reader; remove one that it cannot read."""
    found = listing([str(place)])
    broken = [skipped.detail for skipped in found.skipped]
    broken += [reason for file in found.files.values() if (reason := _problem_of_reading(file, reader))]
    if not broken:
        return AttachmentResult(name=place.name)
    place.unlink()
    return AttachmentResult(name=place.name, reason=broken[0].removeprefix(f"{place.name}: "))


def _problem_of_reading(file: File, reader: DocumentReader) -> str:
    remark = reader.read(file).remark
    return remark.reason if remark.broken else ""


def _plain(name: str) -> str:
    """Return the last part of a path of any system, without characters that hide or act."""
    last = PureWindowsPath(PurePosixPath(name).name).name
    last = re.sub(r'[<>:"/\\|?*]', "_", one_line(last)).lstrip(".~$ ").strip()
    stem, dot, suffix = last.rpartition(".")
    return f"{stem[:_LONGEST_STEM]}.{suffix}" if dot else last[:_LONGEST_STEM] or "file"


def _problem(name: str, file: IncomingFile, folder: Path) -> str:
    if not is_document(Path(name)):
        return f"files of this kind are not read; those that are: {', '.join(FORMATS)}"
    if file.path.stat().st_size > MOST_BYTES:
        return f"it is larger than {MOST_BYTES >> 20} MB"
    if len(list(folder.iterdir())) >= MOST_FILES:
        return f"a conversation holds at most {MOST_FILES} files: begin a new one"
    return ""


def _places(folder: Path, name: str) -> Iterator[Path]:
    """Yield the possible places of a file: under its name, then with a number."""
    stem, suffix = Path(name).stem, Path(name).suffix
    yield folder / name
    yield from (folder / f"{stem} ({number}){suffix}" for number in range(2, MOST_FILES + 2))


def _copy(source: Path, place: Path) -> None:
    opener: Callable[[str, int], int] = lambda path, _: os.open(path, _FLAGS, 0o600)  # noqa: E731 - one use
    with source.open("rb") as sent, open(place, "xb", opener=opener) as kept:
        shutil.copyfileobj(sent, kept)


def _same(one: Path, other: Path) -> bool:
    return _digest(one) == _digest(other)


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _hash(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:32]
