"""The formats that can be read, by suffix."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from importlib.metadata import version
from typing import Protocol, cast

from graph.errors import Unusable
from tools.documents.character_recognition import installed
from tools.documents.decode import declared, doubt
from tools.documents.normalise import normalise
from tools.documents.overtime import Overtime
from tools.documents.parsed import Parsed

RELEASE = "4"
"""Raise it when a text would come out otherwise than before: every file is then read again."""
_LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """Name the module that parses a format; `isolated` ones run foreign code over bytes made to trip it.

    A `text` is characters in some encoding, which may have to be guessed. `pictures` in it are read where
    tesseract is installed. Servers send it as one of the media `types`; bytes whose packing says little hold
    one of its `marks`: the name of a part, or a kind that is named in their first part.
    """

    module: str
    isolated: bool = False
    text: bool = False
    pictures: bool = False
    libraries: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
_MARKDOWN = Format(module="markdown", text=True, types=("text/markdown", "text/x-markdown"))
_HTML = Format(
    module="html",
    isolated=True,
    text=True,
    libraries=("trafilatura", "lxml"),
    types=("text/html", "application/xhtml+xml"),
)
_CSV = Format(module="csv", text=True, types=("text/csv", "text/tab-separated-values"))
_PDF = Format(
    module="pdf",
    isolated=True,
    pictures=True,
    libraries=("pypdfium2", "pdfminer.six"),
    types=("application/pdf", "application/x-pdf"),
)
_WORD = Format(
    module="docx",
    isolated=True,
    libraries=("python-docx", "lxml"),
    types=(f"{_OFFICE}.wordprocessingml.document",),
    marks=("word/document",),
)
_RESTRUCTURED = Format(
    module="restructured",
    isolated=True,
    text=True,
    libraries=("docutils",),
    types=("text/x-rst", "text/prs.fallenstein.rst"),
)
_ASCIIDOC = Format(module="asciidoc", text=True, types=("text/asciidoc", "text/x-asciidoc"))
_RECORDS = Format(
    module="json_records",
    text=True,
    types=("application/json", "application/jsonl", "application/x-ndjson", "text/json"),
)
_XML = Format(
    module="xml_document", isolated=True, libraries=("lxml",), types=("application/xml", "text/xml")
)
_SPREADSHEET = Format(
    module="spreadsheet",
    isolated=True,
    libraries=("python-calamine",),
    types=(
        f"{_OFFICE}.spreadsheetml.sheet",
        f"{_OPEN}.spreadsheet",
        "application/vnd.ms-excel",
        "application/vnd.ms-excel.sheet.macroenabled.12",
        "application/vnd.ms-excel.sheet.binary.macroenabled.12",
    ),
    marks=("xl/workbook", f"{_OPEN}.spreadsheet", "Workbook"),
)
_SLIDES = Format(
    module="slides",
    isolated=True,
    libraries=("python-pptx", "lxml"),
    types=(f"{_OFFICE}.presentationml.presentation",),
    marks=("ppt/presentation",),
)
_ODF = Format(
    module="odf",
    isolated=True,
    libraries=("lxml",),
    types=(f"{_OPEN}.text", f"{_OPEN}.presentation"),
    marks=(f"{_OPEN}.text", f"{_OPEN}.presentation"),
)
_BOOK = Format(
    module="epub",
    isolated=True,
    libraries=("lxml",),
    types=("application/epub+zip",),
    marks=("application/epub+zip", "META-INF/container.xml"),
)
_RICH = Format(module="rtf", isolated=True, libraries=("striprtf",), types=("application/rtf", "text/rtf"))
_MAIL = Format(
    module="mail",
    isolated=True,
    libraries=("python-oxmsg", "lxml"),
    types=("message/rfc822", "application/vnd.ms-outlook"),
    marks=("__properties_version1.0",),
)
_ARCHIVE = Format(
    module="archive",
    isolated=True,
    libraries=("lxml",),
    types=("application/zip", "application/x-zip-compressed"),
)
PLAIN = Format(
    module="plain", text=True, libraries=("docutils", "trafilatura", "lxml"), types=("text/plain",)
)
FORMATS = {
    ".md": _MARKDOWN,
    ".markdown": _MARKDOWN,
    ".txt": PLAIN,
    ".text": PLAIN,
    ".csv": _CSV,
    ".tsv": _CSV,
    ".html": _HTML,
    ".htm": _HTML,
    ".xhtml": _HTML,
    ".pdf": _PDF,
    ".docx": _WORD,
    ".rst": _RESTRUCTURED,
    ".rest": _RESTRUCTURED,
    ".adoc": _ASCIIDOC,
    ".asciidoc": _ASCIIDOC,
    ".xlsx": _SPREADSHEET,
    ".xlsm": _SPREADSHEET,
    ".xlsb": _SPREADSHEET,
    ".xls": _SPREADSHEET,
    ".ods": _SPREADSHEET,
    ".pptx": _SLIDES,
    ".odt": _ODF,
    ".odp": _ODF,
    ".epub": _BOOK,
    ".rtf": _RICH,
    ".eml": _MAIL,
    ".msg": _MAIL,
    ".ipynb": Format(module="notebook", types=("application/x-ipynb+json",)),
    ".json": _RECORDS,
    ".jsonl": _RECORDS,
    ".ndjson": _RECORDS,
    ".xml": _XML,
    ".zip": _ARCHIVE,
}


class _Module(Protocol):
    def parse(self, data: bytes) -> Parsed: ...


def format_of(suffix: str) -> Format:
    """Return the format of a suffix such as `.pdf`; files of any other suffix are read as plain text."""
    return FORMATS.get(suffix, PLAIN)


@cache
def stamp(suffix: str) -> str:
    """Name the release of the code that reads a suffix: a new one may read the same bytes differently."""
    form = format_of(suffix)
    seen = ("tesseract",) if form.pictures and installed() else ()
    return "-".join((RELEASE, *map(version, form.libraries), *seen))


def parse(suffix: str, data: bytes) -> Parsed:
    """Return what a file of a suffix says, normalised; raises Unusable, with the reason in plain words."""
    module = cast("_Module", import_module(f"tools.documents.formats.{format_of(suffix).module}"))
    try:
        parsed = module.parse(data)
    except (Unusable, MemoryError):
        raise
    except Exception as error:  # a parser trips over a broken file in ways it does not name
        raise Unusable(f"it is damaged or no {suffix} file ({type(error).__name__})") from error
    text = parsed.text if parsed.outline else normalise(parsed.text)
    title, author = _line(parsed.title), _line(parsed.author)
    if not text.strip():
        if parsed.late:
            raise Overtime
        raise Unusable("it has no text")
    doubts = doubt(data, declared(data)) if format_of(suffix).text else ""
    unsure = "; ".join(filter(None, (parsed.unsure, doubts)))
    return replace(parsed, text=text, title=title, author=author, unsure=unsure)


def _line(words: str | None) -> str | None:
    return " ".join(normalise(words or "").split())[:_LONGEST_TITLE] or None
