"""In which language is a text?

Its script tells, and where several languages share one, their commonest words do: in sentences of twenty
languages they are right as often as a model of 93 MB (README). A text without such words has no language.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from tools.lexicon.analysis_language import ENGLISH
from tools.lexicon.combining import LETTER
from tools.lexicon.function_words import CONTRACTED, FUNCTION_WORDS

_READ = 2_000  # characters: the opening of a text tells
_FEWEST = 2
_CLEAR = 2  # times as many of its words as of English ones: names and titles bring some
# The languages of a script, the likeliest first, by a sign of it that each text in them has.
_SCRIPTS = (
    (re.compile(r"[\u3041-\u30fa]"), ("ja",)),
    (re.compile(r"[\uac00-\ud7a3]"), ("ko",)),
    (re.compile(r"[\u4e00-\u9fff]"), ("zh",)),
    (re.compile(r"[\u0e01-\u0e2e]"), ("th",)),
    (re.compile(r"[\u0400-\u04ff]"), ("ru", "uk", "bg")),
    (re.compile(r"[\u0620-\u06d3]"), ("ar", "fa", "ur")),
    (re.compile(r"[\u0904-\u0939]"), ("hi", "mr")),
    (re.compile(r"[\u0391-\u03c9]"), ("el",)),
    (re.compile(r"[\u05d0-\u05ea]"), ("he",)),
    (re.compile(r"[\u0531-\u0587]"), ("hy",)),
    (re.compile(r"[\u10d0-\u10ff]"), ("ka",)),
    (re.compile(r"[\u1200-\u137f]"), ("am",)),
    (re.compile(r"[\u0985-\u09b9]"), ("bn",)),
    (re.compile(r"[\u0b85-\u0bb9]"), ("ta",)),
    (re.compile(r"[\u0c05-\u0c39]"), ("te",)),
    (re.compile(r"[\u0e81-\u0ea3]"), ("lo",)),
    (re.compile(r"[\u1000-\u102a]"), ("my",)),
    (re.compile(r"[\u1780-\u17a2]"), ("km",)),
)
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_LETTERS, _PLAIN_LETTERS = re.compile(f"{LETTER}++['’]?+"), re.compile("[a-z]++'?+")  # noqa: RUF001 - as written
_OTHER = frozenset(language for _, languages in _SCRIPTS for language in languages)
_LATIN_LANGUAGES = (ENGLISH, *sorted(frozenset(FUNCTION_WORDS) - _OTHER - {ENGLISH}))
NAMES = {
    "am": "Amharic", "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan", "cs": "Czech",
    "da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish", "fa": "Persian",
    "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi", "hu": "Hungarian", "hy": "Armenian",
    "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ka": "Georgian", "km": "Khmer", "ko": "Korean",
    "lo": "Lao", "mr": "Marathi", "my": "Burmese", "nl": "Dutch", "no": "Norwegian", "pl": "Polish",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sv": "Swedish", "ta": "Tamil", "te": "Telugu",
    "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
"""What the languages that can be told are called in English, by their code of ISO 639-1."""


@lru_cache(maxsize=1 << 10)
def language_of(text: str) -> str:
    """Return the code of a text's language (ISO 639-1), or nothing where its opening does not tell."""
    opening = text[:_READ]
    languages = _of_script(opening)
    if len(languages) == 1:
        return languages[0]
    hits = _hits(opening, languages)
    best = max(languages, key=lambda language: hits[language], default="")
    if not best or languages[0] != ENGLISH:
        return best
    clear = best == ENGLISH or hits[best] > _CLEAR * hits[ENGLISH]
    return best if clear and hits[best] >= _FEWEST else ""


def language_among(text: str, languages: Collection[str]) -> str:
    """Return which of a few languages a text is in, or nothing where none of them is told by one word."""
    hits = _hits(text[:_READ], languages)
    script = _of_script(text[:_READ])
    possible = [language for language in languages if language in script]
    if len(script) == 1:
        return possible[0] if possible else ""
    best = max(possible, key=lambda language: hits[language], default="")
    return best if hits[best] and [hits[language] for language in possible].count(hits[best]) == 1 else ""


def language_apart(text: str, languages: Collection[str]) -> str:
    """Return the language of a text where it is plainly none of a few, or nothing."""
    spoken, opening = language_of(text), text[:_READ]
    if not spoken or spoken in languages:
        return ""
    hits, script = _hits(opening, {spoken, *languages}), _of_script(opening)
    likest = max((hits[language] for language in languages if language in script), default=None)
    return spoken if likest is None or hits[spoken] > _CLEAR * likest else ""


def _of_script(text: str) -> tuple[str, ...]:
    """Return the languages that are written in the script of most letters; Japanese has some kana."""
    if text.isascii():
        return _LATIN_LANGUAGES if _LATIN.search(text) else ()
    latin = len(_LATIN.findall(text))
    counts = [(len(sign.findall(text)), languages) for sign, languages in _SCRIPTS]
    most, languages = max(counts, key=lambda counted: counted[0])
    if most <= latin * _DENSER.get(languages[0], 1):
        return _LATIN_LANGUAGES if latin else ()
    kana = counts[0][0]
    return ("ja",) if languages == ("zh",) and kana * _KANA > most else languages


_LETTERS_OF = {
        "bg": "ъ", "ca": "·ï", "cs": "ěřů", "da": "æø", "de": "ßäü", "es": "ñ¿¡", "fa": "پچژگ", "fi": "ä",
    "fr": "êœ",
        "hu": "őű", "it": "ì", "no": "åø", "pl": "łąęśżź", "pt": "ãõ", "ro": "ățș", "ru": "ыэ", "sv": "å",
    "tr": "ğış",
        "uk": "іїє", "ur": "ٹڈںے", "vi": "ơưđạế",
}  # fmt: skip
"""Letters that tell a language from others of its script."""


def _inverted(lists: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """Return for each word of some lists the languages that have it."""
    found: dict[str, list[str]] = {}
    for language, words in lists.items():
        for word in words:
            found.setdefault(_key(word, language), []).append(language)
    return found


def _key(word: str, language: str) -> str:
    """Return how a word is looked up: a contracted letter with its apostrophe, since "m" alone is metres."""
    return f"{word}'" if len(word) == 1 and word in CONTRACTED.get(language, ()) else word


_SPEAKERS, _TELLING = _inverted(FUNCTION_WORDS), _inverted(_LETTERS_OF)
_DENSER = {"zh": 0.3, "ja": 0.3, "ko": 0.5}
"""How many signs of a script say as much as one letter of ours."""
_KANA = 10


def _speakers(word: str) -> Iterable[str]:
    """Return the languages of a word, which may have an apostrophe behind it."""
    bare = word.rstrip("'’")  # noqa: RUF001 - as written
    if bare == word:
        return _SPEAKERS.get(word, ())
    return (*_SPEAKERS.get(bare, ()), *_SPEAKERS.get(f"{bare}'", ()))


def _hits(text: str, languages: Collection[str]) -> Counter[str]:
    """Count how often a text has words of each language, and which letters that few others have."""
    hits: Counter[str] = Counter()
    text = text.lower()
    for word, count in Counter((_PLAIN_LETTERS if text.isascii() else _LETTERS).findall(text)).items():
        for language in _speakers(word):
            hits[language] += count
    for sign in frozenset(text) & _TELLING.keys():
        for language in _TELLING[sign]:
            hits[language] += 1
    return Counter({language: hits[language] for language in languages})
