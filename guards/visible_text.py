"""Make outside text safe to show."""

from __future__ import annotations

import json
import re

# Controls (C0 but tab and newline, DEL, C1), direction marks and overrides, line separators, tags,
# invisible format characters and lone surrogates. Joiners and the soft hyphen stay: scripts need them.
UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff"
    "\ufeff\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_PICTURES = 0x2400


def visible(text: str) -> str:
    """Replace every control and invisible character with a visible one."""
    return UNSAFE.sub(_pictured, text.replace("\r\n", "\n"))


def one_line(text: str) -> str:
    """Return the text on one line with control characters made visible."""
    return " ".join(visible(text).split())


def write_json(value: object) -> str:
    """Write indented JSON in which characters that act on a terminal are spelled as escapes."""
    return UNSAFE.sub(_spelled, json.dumps(value, ensure_ascii=False, indent=2)) + "\n"


def _pictured(match: re.Match[str]) -> str:
    code = ord(match[0])
    return chr(_PICTURES + code) if code < 0x20 else "\ufffd"  # noqa: PLR2004  # the end of C0


def _spelled(match: re.Match[str]) -> str:
    return json.dumps(match[0])[1:-1]
