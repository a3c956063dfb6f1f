"""Cut a sentence into words, each as written, in lower case and folded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tools.statements.polarity import is_shading
from tools.statements.synonyms import fold, is_content

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[,()]")  # noqa: RUF001 - typographic apostrophe


@dataclass(frozen=True, slots=True)
class StatementToken:
    """Hold a word: as written, in lower case, folded; whether it is of the content."""

    text: str
    lower: str
    folded: str
    content: bool


def tokens(text: str) -> list[StatementToken]:
    """Return the words of a text, and the signs that part them, in order."""
    return [_token(match[0]) for match in WORD.finditer(text)]


def _token(text: str) -> StatementToken:
    lower = text.lower().replace("’", "'")  # noqa: RUF001 - typographic
    content = is_content(text) and text[0].isalnum() and not is_shading(lower)
    return StatementToken(text, lower, fold(text), content)


def is_name(tokens: Sequence[StatementToken], at: int) -> bool:
    """Tell whether a word is written as a name; a capital at the start of a sentence does not count."""
    text = tokens[at].text
    return any(map(str.isdigit, text)) or (at > 0 and text[0].isupper()) or text[1:] != text[1:].lower()
