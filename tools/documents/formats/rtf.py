"""Rich Text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import groupby

from striprtf.striprtf import rtf_to_text as _untyped

from graph.errors import Unusable
from tools.documents.formats.grid import Grid, write
from tools.documents.parsed import Parsed
from tools.documents.text_builder import TextBuilder
from tools.superscripts import subscript, superscript

rtf_to_text: Callable[..., str] = _untyped

_RAISED = re.compile(r"\\(?:super|up\d{0,3})\b ?((?:\\'[0-9a-f]{2}|[^{}\\]){1,80})")
_LOWERED = re.compile(r"\\(?:sub|dn\d{0,3})\b ?((?:\\'[0-9a-f]{2}|[^{}\\]){1,80})")
_STRUCK = re.compile(r"\\striked?1?\b(?!0) ?(?:\\[a-z]{1,20}-?\d{0,5} ?)*[^{}\\]{0,500}")
_INFO = {
    "title": re.compile(r"\{\\title\s([^{}]{1,600})\}"),
    "author": re.compile(r"\{\\author\s([^{}]{1,600})\}"),
}
_CREATED = re.compile(r"\{\\creatim\\yr(\d{4})\\mo(\d{1,2})\\dy(\d{1,2})")


def parse(data: bytes) -> Parsed:
    """Write the paragraphs and the rows of tables; raises Unusable for what is no Rich Text."""
    if not data.lstrip().startswith(b"{\\rtf"):
        raise Unusable("it is damaged or no .rtf file")
    source = data.decode("latin-1")
    known = {name: _plain(found[1]) for name, pattern in _INFO.items() if (found := pattern.search(source))}
    source = _STRUCK.sub("", source)
    for pattern, script in ((_RAISED, superscript), (_LOWERED, subscript)):
        source = pattern.sub(_scripted(script), source)
    text = TextBuilder()
    lines = rtf_to_text(source, errors="replace").split("\n")
    for is_table, group in groupby(lines, key=lambda line: line.endswith("|")):
        if is_table:
            write(text, Grid(rows=[line.removesuffix("|").split("|") for line in group]))
        else:
            for line in group:
                text.add(" ".join(line.split()))
    created = _CREATED.search(source)
    day = "{}-{:0>2}-{:0>2}".format(*created.groups()) if created else None
    return text.build(title=known.get("title"), author=known.get("author"), published=day)


def _scripted(script: Callable[[str], str]) -> Callable[[re.Match[str]], str]:
    """Return what writes raised or lowered words as plain signs, escaped as RTF escapes them."""
    return lambda found: "".join(_escaped(script(found[1])))


def _escaped(words: str) -> Iterator[str]:
    for sign in words:
        yield sign if sign.isascii() else f"\\u{ord(sign)}?"


def _plain(words: str) -> str:
    return rtf_to_text(f"{{\\rtf1 {words}}}", errors="replace").strip()
