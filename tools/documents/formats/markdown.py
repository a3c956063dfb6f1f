"""Markdown, with or without front matter."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tools.documents.dates import dated_line, iso_date
from tools.documents.decode import decode
from tools.documents.normalise import normalise
from tools.documents.parsed import Parsed

_FENCE = "---\n"
_ENDS = ("\n---\n", "\n...\n")
_FIELD = re.compile(r"([A-Za-z][\w-]{0,40}):[ \t]+(\S.*)")
_DATES = ("date", "published", "publishdate", "updated", "lastmod", "last_updated")
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(\S.*)")
_CLOSING = re.compile(r"[ \t]#+$")
_CODE = ("```", "~~~")
_UNDERLINES = (set("="), set("-"))


def parse(data: bytes) -> Parsed:
    """Keep a text as it is written, but for its front matter, which gives title and date."""
    fields, text = _front_matter(normalise(decode(data)))
    days = (iso_date(fields[name]) for name in _DATES if name in fields)
    return Parsed(
        text=text,
        title=fields.get("title") or _heading(text),
        published=next(filter(None, days), None) or dated_line(text),
    )


def _front_matter(text: str) -> tuple[Mapping[str, str], str]:
    """Part the fields of the front matter from the text below it."""
    ends = [at for end in _ENDS if (at := text.find(end)) > 0]
    if not text.startswith(_FENCE) or not ends:
        return {}, text
    head, body = text[len(_FENCE) : min(ends)], text[min(ends) + len(_ENDS[0]) :]
    found = (_FIELD.fullmatch(line) for line in head.split("\n"))
    return {field[1].lower(): field[2].strip(" \t\"'") for field in found if field}, body.strip("\n")


def _heading(text: str) -> str | None:
    """Return the words of the first heading outside code, or None."""
    above, code = "", False
    for line in text.split("\n"):
        code ^= line.lstrip().startswith(_CODE)
        if not code and (found := _HEADING.fullmatch(line)):
            return _CLOSING.sub("", found[1])
        if not code and above and set(line) in _UNDERLINES:
            return above
        above = line.strip()
    return None
