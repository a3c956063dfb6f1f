"""Documents that are zip files: bounded before anything unpacks them."""

from __future__ import annotations

from io import BytesIO
from zipfile import BadZipFile, ZipFile

from lxml.etree import XMLParser, XMLSyntaxError, _Element, fromstring  # type: ignore[import-untyped]

from graph.errors import Unusable

MOST_UNPACKED = 256 * 1024 * 1024
MOST_PARTS = 10_000
_ZIP = b"PK\x03\x04"


def check_zip(data: bytes) -> None:
    """Refuse a zip that unpacks to more than a document does; what is no zip is left to its reader."""
    if data.startswith(_ZIP):
        open_zip(data)


def open_zip(data: bytes) -> ZipFile:
    """Open a zip; raises Unusable for what is none, and for what is packed too densely to be a document."""
    try:
        archive = ZipFile(BytesIO(data))
    except BadZipFile as error:
        raise Unusable("it is damaged: it cannot be unpacked") from error
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Unusable(f"it unpacks to more than {MOST_UNPACKED >> 20} MB")
    return archive


def unpacked(archive: ZipFile, name: str) -> bytes:
    """Return a part of a zip, at most as long as the zip says; raises Unusable where there is none."""
    try:
        part = archive.getinfo(name)
        with archive.open(part) as stream:
            return stream.read(part.file_size)
    except (KeyError, BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise Unusable(f"it is damaged: {name} cannot be unpacked") from error


def tree_of(data: bytes) -> _Element:
    """Return the root of XML without resolving what it refers to; raises Unusable where it is broken."""
    parser = XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        return fromstring(data, parser)
    except (XMLSyntaxError, ValueError) as error:
        raise Unusable("it is damaged: its XML cannot be read") from error
