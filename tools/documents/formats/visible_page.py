"""A web page as a tree of what a person is shown."""

from __future__ import annotations

import re

from lxml.etree import ParserError, _Element  # type: ignore[import-untyped]
from lxml.html import HTMLParser, document_fromstring  # type: ignore[import-untyped]

from graph.errors import Unusable
from tools.documents.decode import declared, decode
from tools.documents.formats.html_bounds import few_attributes, flatten, narrow

_NEVER_SHOWN = ("script", "style", "template", "noscript", "iframe", "object", "svg", "select", "datalist")
_STYLED_AWAY = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)"
    r"|(?:opacity|font-size)\s*:\s*0(?:\.0+)?(?:[a-z%]{1,4})?\s*(?:!|;|$))",
    re.IGNORECASE,
)


def page_tree(data: bytes) -> _Element:
    """Return a page as a tree, in the encoding that it names; raises Unusable when it holds nothing."""
    text = decode(data, declared(data))
    parser = HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True
    )
    try:
        return document_fromstring(few_attributes(text.encode(errors="replace")), parser=parser)
    except ParserError as error:
        raise Unusable("it has no text") from error


def shown(tree: _Element) -> _Element:
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
