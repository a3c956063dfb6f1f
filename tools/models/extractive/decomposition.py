"""Cut a compound question into sub-questions that stand alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tools.lexicon.proper_names import names
from tools.lexicon.terms import terms
from tools.models.extractive.comparison import reports

_WH = r"(?:who|whom|whose|what|which|when|where|why|how)"
_AUX = r"(?:is|are|was|were|does|do|did|can|could|should|would|will|has|have|had|must|may)"
_ORDER = r"(?:explain|describe|compare|contrast|list|tell|give|name|summari[sz]e|find|show|define|outline)"
_LEAD = r"(?:(?:in|at|by|for|on|to|under|from|after|with|of|since|until)\s+)?"

_QUESTIONS = re.compile(r"(?<=[?!])\s+|(?<=[^\W\d_]{2}\.)\s+(?=[A-Z\"'“])|\s{0,3}[\r\n]+\s*|\s{0,3};\s*")
_ITEMS = re.compile(r"(?:^|(?<=\s))(?:\(?\d{1,2}[.)]|\(?[a-h]\)|[-*•])\s+")
_SUBJECT = (
    r"(?:(?:the|an?|this|that|these|those|it|they|he|she|we|you|i|there|its|their|his|her|any|some|all)\b"
    r"|[\"'“]|(?-i:[A-Z]))"
)
_CLAUSE = re.compile(
    rf"\s{{0,3}}(?:,\s*(?:and|but|then|and\s+then)|(?<!,)\s(?:and|then))\s+(?:also\s+)?(?={_LEAD}{_WH}\b)"
    rf"|\s{{0,3}},\s*(?:and|but)\s+(?:also\s+)?(?={_AUX}\s+{_SUBJECT})"
    rf"|\s{{0,3}},\s*(?={_LEAD}(?:when|where|why|how)\s+(?:(?:long|often|many|much)\s+(?:\w+\s+)?)?{_AUX}\b)",
    re.IGNORECASE,
)
_ASKS = re.compile(rf"^\W*(?:please\s+|also\s+|and\s+)*{_LEAD}(?:{_WH}|{_AUX}|{_ORDER})\b", re.IGNORECASE)
_RELATIVE = re.compile(r"\s(?:who|whom|whose|which|that)\s", re.IGNORECASE)
_YES_NO = re.compile(rf"^\W*{_AUX}\b", re.IGNORECASE)
_DANGLING = re.compile(rf"\b(?:{_WH}|whether|and|or|if)$", re.IGNORECASE)
_QUANTITY = frozenset(["long", "often", "many", "much", "far", "old", "big", "large", "soon", "quickly"])
_REFERS = re.compile(
    r"\b(?:it|its|they|them|their|theirs|he|him|his|she|her|hers|this|that|these|those|there|one|ones|latter"
    r"|former|same|both)\b",
    re.IGNORECASE,
)


_SAYS = "do the sources say: "
_MOST_CARRIED = 4
_CONTRAST = re.compile(r"\s{0,3},\s*(?:while|whereas)\s+", re.IGNORECASE)


def decompose(question: str) -> tuple[str, ...]:
    """Return the sub-questions of a question in order, each with the antecedents it needs, or the question.

    Splits at question marks, list items, coordinated interrogative clauses and two reports.
    """
    pieces = [piece for sentence in _sentences(question) for piece in _clauses(sentence)]
    pieces = [part for piece in pieces for part in _contrasted(piece)]
    if not any(_asks(piece) for piece in pieces):
        return reports(question)
    found = [part for piece in _resolved(pieces) for part in reports(piece)]
    return tuple(dict.fromkeys(found)) if len(found) > 1 else (question,)


def _contrasted(piece: str) -> list[str]:
    """Split "does A say this, while B says that?": each half is a question of its own."""
    left, *right = _CONTRAST.split(piece)
    if not right or not _YES_NO.match(left):
        return [piece]
    return [left, *(f"{_SAYS}{half}" for half in right)]


def _asks(piece: str) -> bool:
    return bool(_ASKS.match(piece))


def _sentences(question: str) -> list[str]:
    parts = _QUESTIONS.split(question.strip())
    items = [item for part in parts for item in _ITEMS.split(part)]
    return [item.strip() for item in items if item.strip(" \t.,:;?!")]


def _clauses(sentence: str) -> list[str]:
    """Split one sentence where a new interrogative clause starts, unless it only qualifies a noun."""
    pieces = [""]
    start = 0
    for match in _CLAUSE.finditer(sentence):
        left, right = sentence[start : match.start()], sentence[match.end() :]
        if _stands(left) and _stands(_first(right)) and not _qualifies(left, right):
            pieces[-1] = left
            pieces.append("")
            start = match.end()
    pieces[-1] = sentence[start:]
    return [piece.strip(" ,") for piece in pieces]


def _first(right: str) -> str:
    match = _CLAUSE.search(right)
    return right[: match.start()] if match else right


def _stands(piece: str) -> bool:
    bare = piece.strip(" ,.?!")
    return bool(_asks(bare) and terms(bare) and not _DANGLING.search(bare))


def _qualifies(left: str, right: str) -> bool:
    """Tell a coordinated relative clause ("… who did this and who did that") from a new question."""
    return bool(re.match(r"(?:who|whom|whose|which)\b", right, re.IGNORECASE) and _RELATIVE.search(left))


def _resolved(pieces: Sequence[str]) -> list[str]:
    """Give every question the words it points back to; a statement is read with the question it leads to."""
    found: list[str] = []
    stated: list[str] = []
    topic: list[str] = []
    for piece in pieces:
        if not _asks(piece):
            stated.append(piece)
            continue
        points_back = not stated and _points_back(piece)
        carried = [words for words in topic if not _mentions(piece, words)] if points_back else []
        carried = carried[:_MOST_CARRIED]
        found.append(" ".join([*stated, _question(piece, carried)]))
        topic = topic if carried else [words for part in (*stated, piece) for words in _topic(part)]
        stated = []
    return found


def _points_back(piece: str) -> bool:
    if piece.startswith(_SAYS):
        return False
    bare = [term for term in _ASKS.sub("", piece).lower().split() if term not in _QUANTITY]
    return bool(_REFERS.search(piece)) or (len(set(terms(" ".join(bare)))) < 2 and not _named(piece))  # noqa: PLR2004 - one term is an ellipsis


def _question(piece: str, carried: Sequence[str]) -> str:
    bare = piece.rstrip(" ?.!")
    bare = bare[:1].upper() + bare[1:]
    return f"{bare} ({', '.join(carried)})?" if carried else f"{bare}?"


def _mentions(piece: str, words: str) -> bool:
    return set(terms(words)) <= set(terms(piece))


def _named(piece: str) -> list[str]:
    return [piece[start:end] for start, end in names(piece) if terms(piece[start:end])]


def _topic(piece: str) -> list[str]:
    """Return the names of a piece, then its other runs of topic words."""
    named = _named(piece)
    rest = _ASKS.sub("", piece)
    for name in named:
        rest = re.sub(rf"{re.escape(name)}(?:['’]s)?", " , ", rest)  # noqa: RUF001 - typographic apostrophe
    runs: list[list[str]] = [[]]
    for word in re.findall(r"\w[\w'’-]*|[^\w\s]", rest):  # noqa: RUF001 - typographic apostrophe
        if terms(word) and word.lower() not in _QUANTITY:
            runs[-1].append(word)
        else:
            runs.append([])
    return named + [" ".join(run) for run in runs if run]
