"""Web pages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import ParserError, _Element, iterwalk  # type: ignore[import-untyped]
from lxml.html import HTMLParser, document_fromstring  # type: ignore[import-untyped]
from trafilatura import bare_extraction
from trafilatura.settings import Document
from trafilatura.xml import xmltotxt

from graph.errors import Unusable
from tools.documents.decode import decode
from tools.documents.formats.html_bounds import few_attributes, flatten, narrow
from tools.documents.formats.html_date import published
from tools.documents.overtime import OUT_OF_TIME, gathered, in_time
from tools.documents.parsed import Parsed

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
_BLOCKS = (
    "address", "article", "aside", "blockquote", "dd", "details", "div", "dl", "dt", "figcaption",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav",
    "ol", "p", "pre", "section", "summary", "table", "tr", "ul",
)  # fmt: skip
_EDGES = dict.fromkeys(_BLOCKS, "\n\n") | {"br": "\n"}
_BLANKS = re.compile(r"\s+")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,3}")


def parse(data: bytes) -> Parsed:
    """Take the main text of a page as a person sees it, or all visible text where no part stands out.

    Raises Unusable when nothing is visible.
    """
    tree = _tree(data)
    day, language = published(tree), _language(tree)
    tree = _shown(tree)
    main, late = in_time(lambda: _main(tree))
    blocks, later = gathered(_blocks(getattr(main, "body", None)))
    text = "\n\n".join(blocks) or _visible(_shown(_tree(data)) if late else tree)
    missing = f"{OUT_OF_TIME} where its main text was looked for: what stands around it was not told apart"
    return Parsed(
        text=text,
        title=getattr(main, "title", None),
        published=day,
        author=getattr(main, "author", None),
        language=language,
        missing=missing if late or later else "",
        late=late or later,
    )


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


def _blocks(body: _Element | None) -> Iterator[str]:
    """Yield headings, paragraphs, lists and tables, so that blank lines can part them."""
    for element in body if body is not None else ():
        if block := xmltotxt(element, include_formatting=False).strip():
            yield block


def _visible(tree: _Element) -> str:
    """Return all text below the head of a page, a blank line between its blocks."""
    for head in list(tree.iter("head")):
        head.drop_tree()
    pieces: list[str] = []
    for event, element in iterwalk(tree, events=("start", "end")):
        text = element.text if event == "start" else element.tail
        pieces += [_EDGES.get(element.tag, ""), _BLANKS.sub(" ", text or "")]
    return "\n".join(line.strip() for line in "".join(pieces).split("\n"))
