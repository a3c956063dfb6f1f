"""The one form every stored text has, so that equal texts have equal ids."""

from __future__ import annotations

import re
import unicodedata

_BREAKS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# Control, zero-width, bidi, soft hyphen, variation selectors and tag characters: a person sees none of them,
# and each can carry words past a reader's eye.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_ODD = re.compile(f"{_BREAKS.pattern}|{_INVISIBLE.pattern}|{_SURROGATES.pattern}")
_GAPS = re.compile("\n{3,}")
# So many marks on one letter are no writing, and putting n of them in order takes n * n steps.
_STACKS = re.compile(r"[^\w\s\x00-\x7f]{64,}")


def normalise(text: str) -> str:
    """Return the stored form of a text: NFC, LF, nothing invisible; doing it twice changes nothing.

    The result always encodes as UTF-8 and has no leading or trailing blank lines.
    """
    # Most texts hold nothing odd: asking each different character once is quicker than looking everywhere.
    if _ODD.search("".join(set(text))):
        text = _SURROGATES.sub("\ufffd", _INVISIBLE.sub("", _BREAKS.sub("\n", text)))
    if not text.isascii():
        text = _composed(text)
    lines = "\n".join([line.rstrip() for line in text.split("\n")]).strip("\n")
    return _GAPS.sub("\n\n", lines) if "\n\n\n" in lines else lines


def _composed(text: str) -> str:
    """Return the NFC of a text, without the marks of letters that bear too many."""
    while not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", _STACKS.sub(_bare, text))
    return text


def _bare(stack: re.Match[str]) -> str:
    return "".join(character for character in stack[0] if not unicodedata.combining(character))
