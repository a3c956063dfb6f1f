"""From a file to what is kept of it."""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePath

from graph.errors import Unusable
from graph.outline import outline_id, pack
from graph.ports import IndexedDocument
from graph.records import Clock, Snapshot, Source, Span, source_id
from graph.untrusted import Untrusted
from tools.documents.decode import binary
from tools.documents.folder import MOST_BYTES, File, reason
from tools.documents.formats.table import FORMATS
from tools.documents.overtime import Overdue
from tools.documents.parsed import Parsed
from tools.documents.parser import Parser
from tools.documents.passages import split
from tools.documents.remark import Remark
from tools.documents.worker import Said, nothing
from tools.lexicon.analysis_language import primary
from tools.lexicon.identification import language_of

_HEAD = 8192
_ANEW = ""
"""How no file looks: what was read in part is kept, and read anew next time."""
# A link put in the file's place is not followed, and a pipe put there does not make the reader wait.
_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentReading:
    """Hold what came of a file: no `entry` means nothing to remember, no `snapshot` nothing to keep."""

    file: File
    remark: Remark
    entry: IndexedDocument | None = None
    snapshot: Snapshot | None = None


class DocumentReader:
    """Read files, one at a time, in whatever thread it is called from."""

    def __init__(self, *, parser: Parser, clock: Clock) -> None:
        self._parser = parser
        self._clock = clock

    def read(self, file: File, said: Said = nothing) -> DocumentReading:
        """Read, parse and cut a file; what keeps it from being read is the remark of the reading."""
        try:
            parsed = self._parser.parse(
                file.suffix, _content(file), lambda part: said(f"{part} of {file.location}")
            )
        except OSError as error:  # not remembered: a permission comes back without a trace on the file
            return DocumentReading(file=file, remark=Remark(reason=reason(error), broken=True))
        except Overdue as error:  # nor this: another time it may be read
            return DocumentReading(file=file, remark=Remark(reason=str(error), broken=True))
        except Unusable as error:
            return _broken(file, Remark(reason=str(error), broken=True))
        return self._kept(file, parsed)

    def _kept(self, file: File, parsed: Parsed) -> DocumentReading:
        """Name the text by its content and cut it into passages."""
        text, remark = Untrusted(parsed.text), Remark(reason=parsed.missing, unsure=parsed.unsure)
        source = Source(
            id=source_id(parsed.text),
            title=Untrusted(parsed.title or PurePath(file.location).name),
            location=file.location,
            published=parsed.published,
            retrieved_at=datetime.fromtimestamp(self._clock(), UTC).isoformat(timespec="seconds"),
            author=Untrusted(parsed.author) if parsed.author else None,
            language=_language(parsed),
            outline=outline_id(pack(parsed.outline)),
        )
        entry = IndexedDocument(
            source=source,
            fingerprint=_ANEW if parsed.late else remark.beside(file.fingerprint),
            text=text,
            passages=tuple(Span(source=source.id, start=start, end=end) for start, end in split(parsed.text)),
            outline=parsed.outline,
        )
        snapshot = Snapshot(source=source, text=text, outline=parsed.outline)
        return DocumentReading(file=file, remark=remark, entry=entry, snapshot=snapshot)


def _language(parsed: Parsed) -> str | None:
    """Return the tag a file gives itself, unless its text is plainly in another language."""
    told = language_of(parsed.text)
    if parsed.language and (not told or primary(parsed.language) == told):
        return parsed.language
    return told or None


def _broken(file: File, remark: Remark) -> DocumentReading:
    """Remember a file that cannot be read as a document without text."""
    nothing = Untrusted("")
    entry = IndexedDocument(
        source=Source(id="", title=nothing, location=file.location, published=None, retrieved_at=""),
        fingerprint=remark.beside(file.fingerprint),
        text=nothing,
        passages=(),
    )
    return DocumentReading(file=file, remark=remark, entry=entry)


def _content(file: File) -> bytes:
    """Return the bytes of a file; raises OSError, or Unusable for what is plainly no document."""
    with open(file.path, "rb", opener=_open, buffering=0) as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise OSError(errno.EINVAL, "it is no regular file")
        head = stream.read(_HEAD)
        if file.suffix not in FORMATS and binary(head):
            raise Unusable(f"it is a binary file of a kind that is not read ({file.suffix or 'no ending'})")
        data = head + stream.read(MOST_BYTES - len(head) + 1)
    if len(data) > MOST_BYTES:
        raise OSError(errno.EFBIG, "it grew while it was read")
    return data


def _open(path: str, flags: int) -> int:
    return os.open(path, flags | _FLAGS)
