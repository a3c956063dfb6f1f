"""The parts of a Word document, checked before they are opened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml import parse_xml
from lxml.etree import _Element  # type: ignore[import-untyped]

from graph.errors import Unusable

_MOST_UNPACKED = 256 * 1024 * 1024
_MOST_PARTS = 10_000
# Word locks a document into a compound file, the format its own files had before .docx.
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED, _OLD = ("EncryptedPackage".encode("utf-16-le"), "WordDocument".encode("utf-16-le"))
# ISO/IEC 29500 names things otherwise in strict documents; what follows is equal but for these.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
_MARKUP = (".xml", ".rels")


def opened(data: bytes) -> WordDocument:
    """Open a document; raises Unusable on a bomb, a stranger, or what needs a password."""
    if data.startswith(_COMPOUND):
        if _LOCKED in data:
            raise Unusable("it is encrypted and needs a password")
        if _OLD in data:
            raise Unusable("it is an old Word file (.doc); saved as .docx it can be read")
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
                raise Unusable(f"it unpacks to more than {_MOST_UNPACKED >> 20} MB")
            strict = any(
                _STRICT.search(archive.read(part)) for part in parts if part.filename == "_rels/.rels"
            )
            return Document(BytesIO(_transitional(archive) if strict else data))
    except BadZipFile as error:
        raise Unusable("it is damaged or no .docx file") from error


def _transitional(archive: ZipFile) -> bytes:
    """Return a strict document under the names that other documents use."""
    stream = BytesIO()
    with ZipFile(stream, "w") as written:
        for part in archive.infolist():
            data = archive.read(part)
            written.writestr(part, _STRICT.sub(_usual, data) if part.filename.endswith(_MARKUP) else data)
    return stream.getvalue()


def _usual(name: re.Match[bytes]) -> bytes:
    return b"http://schemas.openxmlformats.org/%s/2006/%s" % (name[1], name[2])


def related(document: WordDocument, kind: str) -> Iterator[_Element]:
    """Yield the root of each part of a kind (`STYLES`, `HEADER`) that a document refers to, in its order."""
    kind = getattr(RELATIONSHIP_TYPE, kind)
    for relation in document.part.rels.values():
        if relation.reltype == kind and not relation.is_external:
            yield _root(relation.target_part)


def _root(part: Part) -> _Element:
    return part.element if hasattr(part, "element") else parse_xml(part.blob)
