"""Books in EPUB."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from posixpath import normpath
from urllib.parse import unquote
from zipfile import ZipFile

from lxml.etree import _Element  # type: ignore[import-untyped]

from graph.errors import Unusable
from tools.documents.dates import iso_date
from tools.documents.formats.html_blocks import blocks
from tools.documents.formats.packed import open_zip, tree_of, unpacked
from tools.documents.formats.visible_page import page_tree, shown
from tools.documents.overtime import OUT_OF_TIME, gathered
from tools.documents.parsed import Parsed
from tools.documents.text_builder import TextBuilder


def parse(data: bytes) -> Parsed:
    """Write the chapters in the order in which they are read; raises Unusable for a book that is locked."""
    archive = open_zip(data)
    if "META-INF/rights.xml" in archive.namelist():
        raise Unusable("it is protected against copying")
    place = _package(archive)
    package = tree_of(unpacked(archive, place))
    text = TextBuilder()
    done, late = gathered(_chapters(text, archive, package, PurePosixPath(place).parent))
    return text.build(
        title=_said(package, "title"),
        author=_said(package, "creator"),
        language=_said(package, "language"),
        published=iso_date(_said(package, "date") or ""),
        missing=f"{OUT_OF_TIME} after {len(done)} chapters" if late else "",
        late=late,
    )


def _package(archive: ZipFile) -> str:
    """Return where the list of the chapters lies."""
    container = tree_of(unpacked(archive, "META-INF/container.xml"))
    paths = [path for each in container.iter("{*}rootfile") if (path := each.get("full-path"))]
    if not paths:
        raise Unusable("it is damaged: it names no chapters")
    return str(paths[0])


def _chapters(text: TextBuilder, archive: ZipFile, package: _Element, folder: PurePosixPath) -> Iterator[str]:
    """Add the chapters; yield each that is done."""
    files = {each.get("id"): each.get("href") for each in package.iter("{*}item")}
    for reference in package.iter("{*}itemref"):
        href = files.get(reference.get("idref"))
        name = normpath(str(folder / unquote(href))) if href else ""
        if name not in archive.namelist():
            continue
        page = shown(page_tree(unpacked(archive, name)))
        for head in list(page.iter("head")):
            head.drop_tree()
        for block in blocks(page):
            block.write(text)
        yield name


def _said(package: _Element, name: str) -> str | None:
    found = package.find(f".//{{http://purl.org/dc/elements/1.1/}}{name}")
    return " ".join((found.text or "").split()) or None if found is not None else None
