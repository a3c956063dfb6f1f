"""Read the XML of a service; refuse what declares entities."""

from __future__ import annotations

from lxml.etree import XMLParser, XMLSyntaxError, _Element, fromstring  # type: ignore[import-untyped]

from graph.errors import Unavailable


def parse_xml(body: bytes, root: str, service: str) -> _Element:
    """Return the `root` of a reply, read as UTF-8; raise Unavailable for what is no XML or declares entities.

    By entities a small document can grow without end or read files. No service here uses any, so a reply that
    declares one is not the service's. The encoding is fixed, because another could hide the declaration.
    """
    if b"<!ENTITY" in body:
        raise Unavailable(f"{service} answered in a shape that is not its own (it declares entities)")
    parser = XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        found = fromstring(body, parser)
    except XMLSyntaxError:
        raise Unavailable(f"{service} answered in a shape that is not its own (no XML)") from None
    if found.tag != root:
        raise Unavailable(f"{service} answered in a shape that is not its own (no {root})")
    return found


def element_text(element: _Element | None) -> str:
    """Return the words of an element and all within it, on one line; nothing for no element."""
    return "" if element is None else " ".join("".join(element.itertext()).split())
