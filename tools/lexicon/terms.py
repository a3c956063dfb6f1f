"""Cut text into words, and fold and stem them: the terms it is found by."""

# ruff: noqa: RUF001 - the typographic signs in the patterns are meant

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache, partial
from typing import NamedTuple

import Stemmer

from tools.lexicon.analysis_language import ENGLISH, current_language, primary
from tools.lexicon.combining import LETTER, MARK
from tools.lexicon.function_words import CONTRACTED, FUNCTION_WORDS
from tools.lexicon.ngrams import RUN, UNSPACED, is_unspaced, ngrams, units

RELEASE = "3"
"""Raise it when a text would get other terms than before: every document is then indexed again."""

# The stemmers of snowballstem.org by language.
_STEMMERS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian",
    "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian",
    "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "ne": "nepali",
    "nl": "dutch", "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian",
    "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish",
}  # fmt: skip
# Marks of these languages tell words apart: ma, má and mà are three words of Vietnamese.
_UNFOLDED = frozenset({"vi"})
_LAST_FOLDED = 0x6FF  # behind the Arabic block stand scripts whose marks are vowels

_FINAL_SIGMA = 0x3C2
_FOLDS = str.maketrans(
    {"’": "'", "ʼ": "'", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i"}
    | {
        chr(code): unicodedata.name(chr(code)).rpartition(" ")[2].lower()
        for code in range(0x3B1, 0x3CA)
        if code != _FINAL_SIGMA
    }
)
# A decimal or a grouped number is one word.
_NUMBER = r"\d+(?:[.,]\d+)+(?![^\W_])"
WORD = re.compile(rf"{_NUMBER}|[^\W_]++(?:['’ʼ][^\W_]++)*+")
_SPELT = rf"(?!{UNSPACED})[^\W_](?:(?!{UNSPACED}){LETTER})*+"
_MIXED = re.compile(rf"{RUN}|{_NUMBER}|{_SPELT}(?:['’ʼ]{_SPELT})*+")
_NEEDS_MIXED = re.compile(f"{UNSPACED}|{MARK}")
_ENGLISH_STEMMER = Stemmer.Stemmer("english", 0)
_NO_WORDS: frozenset[str] = frozenset()


class Token(NamedTuple):
    """Hold the stem of the word at `text[start:end]`."""

    stem: str
    start: int
    end: int


def tokens(text: str, language: str | None = None) -> list[Token]:
    """Return the words of a text in order, stop words too; the parts of a compound are words of their own.

    Where no blanks part words, each sign with its marks is one. `language` is as for `terms`.
    """
    language = _chosen(language)
    stemmed = _english_stem if language == ENGLISH else partial(stem, language=language)
    if (pattern := _pattern(text)) is WORD:
        return [Token(stemmed(match[0]), *match.span()) for match in pattern.finditer(text)]
    return [Token(stemmed(text[start:end]), start, end) for start, end in _spans(text)]


def terms(text: str, language: str | None = None) -> list[str]:
    """Return the stems of a text in order, without its stop words; pairs of signs where no blanks part words.

    `language` is a tag of BCP 47, English where it is empty, and where it is None the one that is set for the
    question (`in_language`). In one without lists words are folded alone.
    """
    language = _chosen(language)
    if (pattern := _pattern(text)) is WORD:
        found = pattern.findall(text)
        if language == ENGLISH:
            return [term for word in found if (term := _english_term(word))]
        return [term for word in found if (term := _term(word, language))]
    return list(_mixed_terms(text, language))


def _chosen(language: str | None) -> str:
    return current_language() if language is None else primary(language)


def _mixed_terms(text: str, language: str) -> Iterator[str]:
    for word in _MIXED.findall(text):
        if is_unspaced(word[0]):
            yield from ngrams(word)
        elif term := _term(word, language):
            yield term


def _spans(text: str) -> Iterator[tuple[int, int]]:
    for match in _MIXED.finditer(text):
        if is_unspaced(match[0][0]):
            yield from ((match.start() + start, match.start() + end) for start, end in units(match[0]))
        else:
            yield match.span()


@lru_cache(maxsize=1 << 17)
def _english_term(word: str) -> str:
    return "" if _is_english_stop(word) else _english_stem(word)


@lru_cache(maxsize=1 << 16)
def _term(word: str, language: str) -> str:
    return "" if is_stop(word, language) else stem(word, language)


def stem(word: str, language: str = ENGLISH) -> str:
    """Fold case, accents and Greek letters of one word, and stem it (snowballstem.org)."""
    return _english_stem(word) if language == ENGLISH else _stem(word, primary(language))


@lru_cache(maxsize=1 << 17)
def _english_stem(word: str) -> str:
    folded = word.lower().translate(_FOLDS)
    if not folded.isascii():
        folded = _unaccented(folded)
    if folded[:1].isdigit():
        return folded.replace(",", "")
    return str(_ENGLISH_STEMMER.stemWord(folded)) or word


@lru_cache(maxsize=1 << 16)
def _stem(word: str, language: str) -> str:
    """Stem before accents are taken off: endings are told by them."""
    bare = _uncontracted(word, language)
    if bare[:1].isdigit():
        return _unaccented(bare).replace(",", "") or word
    stemmer = _stemmer(language)
    stemmed = str(stemmer.stemWord(bare)) if stemmer else bare
    if len(stemmed) == 1 < len(bare):  # Turkish "ada" is no "a"
        stemmed = bare
    return (stemmed if language in _UNFOLDED else _unaccented(stemmed.translate(_FOLDS))) or word


@cache
def _stemmer(language: str) -> Stemmer.Stemmer | None:
    name = _STEMMERS.get(language)
    return Stemmer.Stemmer(name, 0) if name else None


def _unaccented(word: str) -> str:
    """Take off the marks of letters, where they are no vowels, and write digits of any script as 0 to 9."""
    parts = unicodedata.normalize("NFKD", word)
    kept = (part for part in parts if not (unicodedata.combining(part) and ord(part) <= _LAST_FOLDED))
    plain = "".join(str(unicodedata.decimal(part)) if part.isdecimal() else part for part in kept)
    return unicodedata.normalize("NFC", plain.translate(_FOLDS))


def is_stop(word: str, language: str = ENGLISH) -> bool:
    """Tell whether a word carries no topic; one in capitals (WHO, IT) is an acronym and does."""
    return _is_english_stop(word) if language == ENGLISH else _is_stop(word, primary(language))


@lru_cache(maxsize=1 << 16)
def _is_english_stop(word: str) -> bool:
    folded = word.lower().translate(_FOLDS)
    stop = folded.partition("'")[0] in FUNCTION_WORDS[ENGLISH] or folded.endswith("n't")
    return stop and not _is_acronym(word)


@lru_cache(maxsize=1 << 16)
def _is_stop(word: str, language: str) -> bool:
    return _uncontracted(word, language) in FUNCTION_WORDS.get(language, _NO_WORDS) and not _is_acronym(word)


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _uncontracted(word: str, language: str) -> str:
    """Return a word in small letters without what stands before its apostrophe: "l'eau", "dell'acqua"."""
    lower = word.lower().replace("’", "'").replace("ʼ", "'")
    head, _, rest = lower.partition("'")
    return rest if rest and head in CONTRACTED.get(language, _NO_WORDS) else lower


def _pattern(text: str) -> re.Pattern[str]:
    """Choose the cheap pattern where each word is made of letters with blanks around it."""
    return WORD if text.isascii() or not _NEEDS_MIXED.search(text) else _MIXED
