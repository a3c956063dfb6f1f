"""Write the numbers of a sentence as digits: "twenty-one", "an hour and a half", "a third of", "twice"."""

# ruff: noqa: E501 - a pattern and a list read best on one line

from __future__ import annotations

import re
from itertools import pairwise

_UNITS = (  # noqa: SIM905 - a word list reads best as words
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905 - as above
_SMALL = {word: at for at, word in enumerate(_UNITS)} | {
    word: at * 10 for at, word in enumerate(_TENS, start=2)
}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_ANY = "|".join(sorted({*_SMALL, *_SCALES}, key=len, reverse=True))
_RUN = re.compile(
    rf"\b(?:a (?=hundred|thousand|million|billion))?(?:{_ANY})(?:(?: and | |-)(?:{_ANY}))*\b", re.IGNORECASE
)
_SCALED = re.compile(r"\b(\d{1,15}(?:[.,]\d{1,9}){0,4}) (hundred|thousand|million|billion)\b", re.IGNORECASE)
_CLOCKED = r"(?:hour|minute|day|week|month|year)"
_FRACTIONS = {
    "half": 50.0, "third": 100 / 3, "quarter": 25.0, "fourth": 25.0, "fifth": 20.0, "sixth": 100 / 6, "tenth": 10.0,
}  # fmt: skip
_REWRITES = (
    (re.compile(rf"\b(?:an?|1) ({_CLOCKED}) and a half\b", re.IGNORECASE), r"1.5 \1s"),
    (re.compile(rf"\b(\d+) and a half ({_CLOCKED}s?)\b", re.IGNORECASE), r"\1.5 \2"),
    (re.compile(rf"\bhalf an? ({_CLOCKED})\b", re.IGNORECASE), r"0.5 \1s"),
    (re.compile(rf"\b(?:a )?quarter of an ({_CLOCKED})\b", re.IGNORECASE), r"0.25 \1s"),
    (
        re.compile(
            rf"\b(last(?:s|ed)?|takes?|took|for|within|after|about|runs?) an? ({_CLOCKED})\b", re.IGNORECASE
        ),
        r"\1 1 \2",
    ),
    (re.compile(r"\bonce (?=an?\b|per\b|every\b|each\b)", re.IGNORECASE), "1 times "),
    (re.compile(r"\bhalf past (\d{1,2})\b", re.IGNORECASE), r"\1:30"),
    (re.compile(r"\b(?:a )?quarter past (\d{1,2})\b", re.IGNORECASE), r"\1:15"),
    (re.compile(r"\btwice\b", re.IGNORECASE), "2 times"),
    (re.compile(r"\b(?:a )?dozen\b", re.IGNORECASE), "12"),
    (re.compile(r"\ba (?:couple|pair) of\b", re.IGNORECASE), "2"),
)
_SHARE = re.compile(
    r"\b(?:(?P<many>an?|\d+)[ -])?(?P<part>half|third|quarter|fourth|fifth|sixth|tenth)s? (?=of\b|the\b)",
    re.IGNORECASE,
)


# Everything that is rewritten holds one of these: most sentences are done after this test.
_MAY_COUNT = re.compile(
    rf"\b(?:{_ANY}|{'|'.join(_FRACTIONS)}|once|twice|dozen|couple|pair|an? {_CLOCKED})", re.IGNORECASE
)


def numerals(text: str) -> str:
    """Return the text with its numbers in digits, and fractions of a whole in per cent."""
    if not _MAY_COUNT.search(text):
        return text
    text = _RUN.sub(_digits, text)
    text = _SCALED.sub(lambda m: f"{float(m[1].replace(',', '')) * _SCALES[m[2].lower()]:g}", text)
    for pattern, written in _REWRITES:
        text = pattern.sub(written, text)
    return " ".join(_SHARE.sub(_percent, text).split())


def _digits(run: re.Match[str]) -> str:
    """Write a run of number words as one number; "one" alone mostly stands for a thing, and stays."""
    words = [word for word in re.split(r"[ -]", run[0].lower()) if word not in {"a", "and"}]
    if words == ["one"] and not _counts(run):
        return run[0]
    if not all(word in _SCALES for word in words) and not _is_one_number(words):
        return " ".join(str(_SMALL.get(word, _SCALES.get(word))) for word in words)
    total = current = 0
    for word in words:
        if word in _SMALL:
            current += _SMALL[word]
        else:
            current = max(1, current) * _SCALES[word]
            total, current = (total + current, 0) if word != "hundred" else (total, current)
    return str(total + current)


def _is_one_number(words: list[str]) -> bool:
    """Tell "twenty one" from "two three": after a unit only a scale may follow, after a ten a unit."""
    small = [_SMALL.get(word) for word in words]
    return all(
        after is None or before is None or (before >= 20 and after < 10)  # noqa: PLR2004 - tens and units
        for before, after in pairwise(small)
    )


def _counts(run: re.Match[str]) -> bool:
    after = run.string[run.end() : run.end() + 24].lstrip().lower()
    return after.startswith(
        ("third", "quarter", "hour", "minute", "second", "day", "week", "month", "year", "to ", "or ")
    )


def _percent(share: re.Match[str]) -> str:
    many = share["many"] or "1"
    count = float(many) if many.isdigit() else 1.0
    return f"{count * _FRACTIONS[share['part'].lower()]:.4g} % "
