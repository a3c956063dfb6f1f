"""Web pages."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml.etree import ParserError, _Element  # type: ignore[import-untyped]
from lxml.html import HTMLParser, document_fromstring  # type: ignore[import-untyped]
from trafilatura import bare_extraction
from trafilatura.settings import Document
from trafilatura.xml import xmltotxt

from graph.errors import Unusable
from tools.documents.decode import decode
from tools.documents.formats.html_blocks import blocks
from tools.documents.formats.html_bounds import few_attributes, flatten, narrow
from tools.documents.formats.html_date import published
from tools.documents.formats.html_main import chosen
from tools.documents.overtime import OUT_OF_TIME, in_time
from tools.documents.parsed import Parsed
from tools.documents.text_builder import TextBuilder

_HEAD = 4096
_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE
)
_NEVER_SHOWN = ("script", "style", "template", "noscript", "iframe", "object", "svg", "select", "datalist")
_STYLED_AWAY = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)"
    r"|(?:opacity|font-size)\s*:\s*0(?:\.0+)?(?:[a-z%]{1,4})?\s*(?:!|;|$))",
    re.IGNORECASE,
)
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,3}")


def parse(data: bytes) -> Parsed:
    """Take the main text of a page as a person sees it, or all visible text where no part stands out.

    Headings, tables, captions and code within the main text are kept. Raises Unusable when it holds nothing.
    """
    tree = _tree(data)
    day, language = published(tree), _language(tree)
    tree = _shown(tree)
    main, late = in_time(lambda: _main(tree))
    text = TextBuilder()
    shown = _shown(_tree(data)) if late else tree
    _, later = in_time(lambda: _write(text, shown, _paragraphs(getattr(main, "body", None))))
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


def _tree(data: bytes) -> _Element:
    found = _CHARSET.search(data[:_HEAD])
    text = decode(data, found[1].decode() if found else None)
    parser = HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True
    )
    try:
        return document_fromstring(few_attributes(text.encode(errors="replace")), parser=parser)
    except ParserError as error:
        raise Unusable("it has no text") from error


def _shown(tree: _Element) -> _Element:
    """Remove what a browser does not show, then what is only slow; rules of style sheets are not applied."""
    for element in [*tree.iter(*_NEVER_SHOWN), *filter(_hidden, tree.iterdescendants())]:
        if element.getparent() is not None:
            element.drop_tree()
    flatten(tree)  # now that nothing hidden is left to become text
    narrow(tree)
    return tree


def _hidden(element: _Element) -> bool:
    return (
        "hidden" in element.attrib
        or element.get("aria-hidden", "").strip().lower() == "true"
        or bool(_STYLED_AWAY.search(element.get("style", "")))
    )


def _paragraphs(body: _Element | None) -> list[str]:
    """Return what trafilatura takes for the main text."""
    written = [xmltotxt(element, include_formatting=False) for element in (body if body is not None else ())]
    return [paragraph for paragraph in written if paragraph.strip()]
