"""Title, author and date of a PDF, as its metadata has them."""

from __future__ import annotations

import re
from typing import NamedTuple

from pypdfium2 import PdfDocument

from tools.documents.dates import iso_date

_NAMELESS = ("untitled", "microsoft word", "powerpoint", "slide 1")
_FILE_ENDINGS = (".doc", ".docx", ".pdf", ".tex", ".dvi", ".indd", ".qxd", ".ppt", ".pptx", ".xls", ".rtf")
_NOBODY = {
    "administrator",
    "admin",
    "anonymous",
    "author",
    "owner",
    "root",
    "unknown",
    "user",
    "windows user",
}
_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)(?!0{6}$)")
# Clocks that were never set begin in 1970, 1980 or 1904.
_NO_CLOCK = ("1904-01-01", "1970-01-01", "1980-01-01")


class Facts(NamedTuple):
    """Hold what the metadata of a document says; `published` is an ISO date."""

    title: str | None
    author: str | None
    published: str | None


def facts(document: PdfDocument) -> Facts:
    """Return what a person wrote into the metadata, and leave out what a program made up."""
    said = {name: value.strip() for name, value in document.get_metadata_dict().items()}
    title, author = said["Title"], said["Author"]
    named = title.lower().startswith(_NAMELESS) or title.lower().endswith(_FILE_ENDINGS)
    return Facts(
        title=None if named else title or None,
        author=None if author.lower() in _NOBODY else author or None,
        published=_day(said["CreationDate"]),
    )


def _day(written: str) -> str | None:
    """Return the day of a date such as `D:20230516172840Z`."""
    found = _DATE.match(written)
    day = iso_date("-".join(found.groups())) if found else None
    return None if day in _NO_CLOCK else day
