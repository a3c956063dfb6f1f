"""Zip archives of documents."""

from __future__ import annotations

from collections.abc import Iterator
from zipfile import ZipFile

from graph.errors import Unusable
from tools.documents.formats.contents import Content, include
from tools.documents.formats.packed import open_zip, unpacked
from tools.documents.overtime import OUT_OF_TIME, in_time
from tools.documents.parsed import Parsed
from tools.documents.text_builder import TextBuilder

_UNSEEN = ("__MACOSX/", ".")


def parse(data: bytes) -> Parsed:
    """Write each file under its name; hidden ones are left out, an archive within another is read once."""
    text = TextBuilder()
    archive = open_zip(data)
    size = sum(part.file_size for part in archive.infolist())
    said, late = in_time(lambda: include(text, _files(archive), size))
    if text.empty and said:
        raise Unusable(said)
    missing = f"{OUT_OF_TIME} before its last file" if late else said or ""
    return text.build(missing=missing, late=late)


def _files(archive: ZipFile) -> Iterator[Content]:
    for name in sorted(part.filename for part in archive.infolist() if not part.is_dir()):
        hidden = name.startswith(_UNSEEN) or "/." in name
        if not hidden:
            yield name, unpacked(archive, name)
