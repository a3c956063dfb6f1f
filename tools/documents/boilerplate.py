"""Tell statements of a document from entries of its bibliography, bare links and what leads elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.outline import PartKind

_BIBLIOGRAPHIES = frozenset(
    [
        "references",
        "bibliography",
        "works cited",
        "literature",
        "literature cited",
        "further reading",
        "notes and references",
        "external links",
        "sources",
        "literatur",
        "literaturverzeichnis",
        "quellen",
        "einzelnachweise",
        "weblinks",
        "références",
        "bibliographie",
        "liens externes",
        "bibliografía",
        "referencias",
        "bibliografia",
        "riferimenti",
        "参考文献",
        "참고문헌",
    ]
)
_ENTRY = re.compile(
    r"\[\w{1,12}\]\s|https?://|\bdoi\b|\barXiv\b|\bISBN\b|[(\s,.](?:1[5-9]|20)\d\d[a-z]?[).,;:\s]",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\A\W*+\d{1,3}[.)]?\s++(?=\w)")
_TEASER = re.compile(
    r"\W*(?:read (?:also|more|next)|also read|see also|related (?:articles?|stories|posts|pages)|recommended"
    r"|you (?:may|might) also like|lesen sie auch|siehe auch|à lire aussi|lire aussi|voir aussi|véase también"
    r"|leggi anche)\s*:",
    re.IGNORECASE,
)
_MOST_TEASER = 300
_LINK = r"(?:\[[^\[\]]{1,200}\]\([^()\s]{1,500}\)|<?https?://\S{1,500})"
_LINKS = re.compile(rf"(?:[-*\d.()|·•,;\s]{{0,9}}{_LINK}){{1,99}}[.\s]{{0,9}}")


def kind_of(piece: str, section: Sequence[str]) -> PartKind | None:
    """Return what a paragraph or item below some headings is where it states nothing, else None."""
    if _TEASER.match(piece) and len(piece) <= _MOST_TEASER:
        return PartKind.NAVIGATION
    if ("://" in piece or "](" in piece) and _LINKS.fullmatch(piece):
        return PartKind.NAVIGATION if "](" in piece else PartKind.REFERENCE
    if any(_named(heading) for heading in section) and _ENTRY.search(f"{piece} "):
        return PartKind.REFERENCE
    return None


def _named(heading: str) -> bool:
    """Tell whether a heading is that of a bibliography, numbered or not."""
    words = _NUMBERED.sub("", heading.strip().strip(":")).lower()
    return words in _BIBLIOGRAPHIES
