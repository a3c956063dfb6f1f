"""Escape Markdown, so that outside text is only shown."""

from __future__ import annotations

import re

from guards.visible_text import one_line, visible

_ADDRESS = r"(?:\b[A-Za-z][A-Za-z0-9+.-]{0,31}://|(?i:\bwww\.))[^\s`<>\[\]\\]*"
_ACTIVE = re.compile(_ADDRESS + r"|[\\`*_\[\]<>&|~$@]")
_OPENING = re.compile(r"^([ \t]*)([#+=-]|\d{1,9}(?=[.)]))", re.MULTILINE)
_LIVELY = re.compile(
    r"\\[!-/:-@\[-`{-~]"  # escaped already
    r"|\[\d{1,6}\](?![(:])"  # a citation number
    r"|" + _ADDRESS + r"|[\\`\[<&~$@]"
)
_TICKS = re.compile(r"`++")
_SHORTEST_FENCE = 3


def literal(text: str) -> str:
    """Escape text that came from outside, so that Markdown shows it as it is; line breaks stay."""
    return _OPENING.sub(_quieted, _ACTIVE.sub(_escaped, visible(text)))


def phrase(text: str) -> str:
    """Escape text that came from outside, on one line."""
    return literal(one_line(text))


def prose(markdown: str) -> str:
    """Keep headings, lists, emphasis and citation numbers; escape links, images, HTML, code and entities."""
    return _LIVELY.sub(_disarmed, visible(markdown))


def quotation(text: str) -> str:
    """Write untrusted text as a block quote."""
    lines = literal(text).replace("\t", " ").split("\n")
    return "\n".join(f"> {line.lstrip()}".rstrip() for line in lines)


def fenced(code: str) -> str:
    """Write untrusted text as a block of code, with a fence that it cannot close."""
    longest = max((len(run) for run in _TICKS.findall(code)), default=0)
    fence = "`" * max(_SHORTEST_FENCE, longest + 1)
    return f"{fence}\n{visible(code)}\n{fence}"


def _escaped(match: re.Match[str]) -> str:
    found = match[0]
    if len(found) > 1:
        return f"`{found}`"  # an address: viewers make links of bare ones, not of code
    return f"\\{found}"


def _disarmed(match: re.Match[str]) -> str:
    return match[0] if len(match[0]) > 1 and match[0][0] in "\\[" else _escaped(match)


def _quieted(match: re.Match[str]) -> str:
    mark = match[2]
    return f"{match[1]}{mark}\\" if mark.isdigit() else f"{match[1]}\\{mark}"
