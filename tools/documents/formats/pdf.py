"""PDF."""

from __future__ import annotations

from io import BytesIO

from pypdf import PageObject, PasswordType, PdfReader

from graph.errors import Unusable
from tools.documents.formats.furniture import without_furniture
from tools.documents.formats.paragraphs import reflow
from tools.documents.overtime import OUT_OF_TIME, Overtime, gathered
from tools.documents.parsed import Parsed

_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
# A font that does not say which letters it draws gives this sign for each.
_MOST_UNTOLD = 0.2
_NAMELESS = ("untitled", "microsoft word", "powerpoint", "slide 1")
_FILE_ENDINGS = (".doc", ".docx", ".pdf", ".tex", ".dvi", ".indd", ".qxd", ".ppt", ".pptx", ".xls", ".rtf")


def parse(data: bytes) -> Parsed:
    """Take the text of the pages, paragraphs made whole; a page that cannot be read is `missing`.

    Raises Unusable when a password is needed or no page has text.
    """
    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
        raise Unusable("it is encrypted and needs a password")
    pages, late = gathered(_text(page) for page in reader.pages)
    unread = [str(number) for number, text in enumerate(pages, start=1) if text is None]
    texts = [text for text in pages if text]
    if not texts:
        if late:
            raise Overtime
        raise Unusable("none of its pages can be read" if unread else "it has no text; it may be a scan")
    missing = [f"page {', '.join(unread)} cannot be read"] if unread else []
    if late:
        missing.append(f"{OUT_OF_TIME} after page {len(pages)}")
    return Parsed(
        text=reflow(without_furniture([text.splitlines() for text in texts])),
        title=_title(reader),
        missing="; ".join(missing),
        late=late,
    )


def _text(page: PageObject) -> str | None:
    """Return the text of a page, or None when it cannot be told."""
    try:
        text = page.extract_text().translate(_LIGATURES).strip()
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  # pypdf raises whatever a broken page makes it trip over
        return None
    return None if text.count("\ufffd") > _MOST_UNTOLD * len(text) else text


def _title(reader: PdfReader) -> str | None:
    """Return the title a person gave the file, or None where a program named it."""
    try:
        title = str(reader.metadata.title or "").strip() if reader.metadata else ""
    except Exception:  # noqa: BLE001  # a broken date or string costs the title, not the text
        return None
    made_up = title.lower().startswith(_NAMELESS) or title.lower().endswith(_FILE_ENDINGS)
    return None if made_up else title or None
