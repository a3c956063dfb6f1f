"""Web pages."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml.etree import _Element  # type: ignore[import-untyped]
from trafilatura import bare_extraction
from trafilatura.settings import Document
from trafilatura.xml import xmltotxt

from tools.documents.formats.html_blocks import blocks
from tools.documents.formats.html_date import published
from tools.documents.formats.html_main import chosen
from tools.documents.formats.visible_page import page_tree, shown
from tools.documents.overtime import OUT_OF_TIME, in_time
from tools.documents.parsed import Parsed
from tools.documents.text_builder import TextBuilder

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,3}")


def parse(data: bytes) -> Parsed:
    """Take the main text of a page as a person sees it, or all visible text where no part stands out.

    Headings, tables, captions and code within the main text are kept. Raises Unusable when it holds nothing.
    """
    tree = page_tree(data)
    day, language = published(tree), _language(tree)
    tree = shown(tree)
    main, late = in_time(lambda: _main(tree))
    text = TextBuilder()
    page = shown(page_tree(data)) if late else tree
    _, later = in_time(lambda: _write(text, page, _paragraphs(getattr(main, "body", None))))
    missing = f"{OUT_OF_TIME} where its main text was looked for: what stands around it was not told apart"
    return text.build(
        title=getattr(main, "title", None),
        published=day,
        author=getattr(main, "author", None),
        language=language,
        missing=missing if late or later else "",
        late=late or later,
    )


def _write(text: TextBuilder, tree: _Element, main: Sequence[str]) -> None:
    """Add the blocks of the main text, or all of them where none was found."""
    for head in list(tree.iter("head")):
        head.drop_tree()
    found = list(blocks(tree))
    for block in list(chosen(found, main)) or found:
        block.write(text)


def _main(tree: _Element) -> Document | None:
    """Find the main text; looking for a date all over the page would find those of other articles."""
    options = {"extensive_search": False}
    found = bare_extraction(tree, include_comments=False, with_metadata=True, date_extraction_params=options)
    return found if isinstance(found, Document) else None


def _language(tree: _Element) -> str | None:
    """Return the language a page says it is in."""
    said = (tree.get("lang") or "").strip()
    return said if _TAG.fullmatch(said) else None


def _paragraphs(body: _Element | None) -> list[str]:
    """Return what trafilatura takes for the main text."""
    written = [xmltotxt(element, include_formatting=False) for element in (body if body is not None else ())]
    return [paragraph for paragraph in written if paragraph.strip()]
