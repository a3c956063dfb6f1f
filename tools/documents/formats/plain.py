"""Plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.outline import DocumentPlace, Part, PartKind
from graph.untrusted import Untrusted
from tools.documents.dates import dated_line
from tools.documents.decode import decode
from tools.documents.normalise import normalise
from tools.documents.parsed import Parsed

_LONGEST_TITLE = 120
_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4})\.?[ \t]+([A-Z][^\n]{0,100}[^\s.,;:])")
_UNDERLINE = re.compile(r"([=\-~^*#])\1{2,}")
_FIELDS = re.compile(r"(?:[A-Za-z][\w-]{0,30}:[ \t].*\n(?:[ \t]+\S.*\n)*){2,}\n")
_TITLE = re.compile(r"^Title:[ \t]+(\S.*)", re.MULTILINE | re.IGNORECASE)
_FEWEST = 2


def parse(data: bytes) -> Parsed:
    """Keep a text as it is written; numbered and underlined lines that stand alone are its headings."""
    text = normalise(decode(data))
    return Parsed(text=text, title=_title(text), published=dated_line(text), outline=tuple(_outline(text)))


def _title(text: str) -> str | None:
    """Return the field `Title:` above a text, or a short first line that stands alone."""
    fields = _FIELDS.match(text)
    if fields and (said := _TITLE.search(fields[0])):
        return said[1].strip()
    first, _, rest = text.partition("\n")
    alone = rest.startswith("\n") and len(first) <= _LONGEST_TITLE
    return first.strip() if alone else None


def _outline(text: str) -> Iterator[Part]:
    """Yield the headings of a text and what stands below each, where it has at least two."""
    found = list(_headings(text))
    if len(found) < _FEWEST:
        return
    if found[0][0]:
        yield Part(start=0)
    above: list[tuple[int, str]] = []
    for start, end, level, words in found:
        above = [*(heading for heading in above if heading[0] < level), (level, words)]
        place = DocumentPlace(section=tuple(Untrusted(heading) for _, heading in above))
        yield Part(start=start, kind=PartKind.HEADING, place=place)
        yield Part(start=end, place=place)


def _headings(text: str) -> Iterator[tuple[int, int, int, str]]:
    """Yield where each heading begins and ends, its level and its words."""
    at, above, marks = 0, "", ""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        end = at + len(line)
        below = lines[number + 1] if number + 1 < len(lines) else ""
        if not above.strip() and (found := _NUMBERED.fullmatch(line.rstrip())) and not below.strip():
            yield at, min(end + 1, len(text) - 1), found[1].count(".") + 1, line.strip()
        elif line.strip() and line[0] not in " \t" and _underlines(line, below):
            marks += below[0] if below[0] not in marks else ""
            yield at, min(end + len(below) + 2, len(text) - 1), marks.index(below[0]) + 1, line.strip()
        above, at = line, end + 1


def _underlines(line: str, below: str) -> bool:
    return bool(_UNDERLINE.fullmatch(below.strip())) and len(below.strip()) >= len(line.strip()) - 2
