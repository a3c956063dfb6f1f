"""Turn the fragments of markup in the replies of services into plain text."""

from __future__ import annotations

import re
from html import unescape

# What begins with a letter is a tag; "p < 0.05 and n > 30" is a sentence.
_TAGS = re.compile(r"<(?:/?[A-Za-z]|!|\?)[^<>]{0,500}>")
_BLOCKS = re.compile(r"</?(?:jats:)?(?:p|br|div|li|sec|title|h[1-6]|tr)\b[^<>]*>", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\f\v\xa0]+")


def plain_text(fragment: str) -> str:
    """Return a fragment of HTML or JATS as plain text, with paragraphs separated."""
    text = unescape(_TAGS.sub("", _BLOCKS.sub("\n\n", fragment)))
    return "\n".join(line.strip() for line in _BLANKS.sub(" ", text).split("\n")).strip()
