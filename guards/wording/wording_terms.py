"""Read a text as sentences of terms: what is said, and what each word is tied to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache

import Stemmer

from guards.wording.wording_words import (
    ARTICLES,
    ATTITUDES,
    BE,
    CLOSED,
    CONDITIONS,
    DENIALS,
    FREE,
    JOINTS,
    LOOSE,
    MODALS,
    PAST,
    PERSONS,
    POINTING,
    PREPOSITIONS,
    PRESENT,
    RELATIVE,
    RESULTS,
    SPELT,
    SUBORDINATE,
    UNITS,
)

_TOKEN = re.compile(
    r"\d+(?:[.,]\d+)*"
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*"  # noqa: RUF001 - typographic apostrophe
    r"|(?<![\w)])[-−](?=\d)"  # noqa: RUF001 - a sign, not a hyphen
    r"|[%$€£°<>≤≥=±+×~^&]"  # noqa: RUF001 - signs that say something
    r"|[.,;:!?()\[\]{}–—|]"  # noqa: RUF001 - signs that divide
)
_DIVIDES = frozenset(".,;:!?()[]{}–—|")  # noqa: RUF001 - typographic dashes
_NOT = re.compile(r"n't$")
_TAIL = re.compile(r"'(?:s|re|ve|d|m)$")
_GENITIVE = re.compile(r"(?:['’]s|s['’])$")  # noqa: RUF001 - typographic apostrophe
_HYPHENS = ("-", "‐", "‑")  # noqa: RUF001 - typographic hyphens
_WHOLE = {"cannot": "can", "can't": "can", "won't": "will", "shan't": "shall"}
_MOST_SHOWN = 40
_MOST_LINKS = 8
_NAMES = frozenset({"US", "IT", "WHO"})
_OPENING = re.compile(r"\A(?:in short|in brief|in summary|overall|in other words)[:,] ", re.IGNORECASE)
_FAR_FROM = re.compile(r"\banything but\b", re.IGNORECASE)
_EACH_TIME = re.compile(r"\b(?:each|every) time\b", re.IGNORECASE)
_AGAIN = re.compile(r"\bonce (?:again|more)\b", re.IGNORECASE)
_CEILING = re.compile(r"\bup to a (?:ceiling|maximum|limit|total) of\b", re.IGNORECASE)
_MEASURE = re.compile(r"\ban? (?:period|total|sum|distance|length|height|depth|width|weight) of (?=\d)")
_TENSES = {"present": PRESENT, "past": PAST}
_OPENING_WORDS = _DIVIDES | JOINTS.keys() | RELATIVE | SUBORDINATE
_CARRYING = SUBORDINATE | PREPOSITIONS | PERSONS | RESULTS
_STEMMER = Stemmer.Stemmer("english", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Hold a word of content: its stem, the word in small letters and as shown, and what it stands with.

    `operators` are the denials, modals and quantities between it and the term before it, of which the `early`
    stand before its clause begins; `links` are the words that tie it, `joint` is an "and", "or" or "but",
    which a comma may set `apart`. `role` are the links of the phrase it stands in, which begins at the term
    `phrase`. A clause begins with it if it `opens`: after a sign or a joint it is `hard`, after "that" or
    "which" it is `soft`. With `verb`, a form of be, have or do or a modal stands before it, with `be` a form
    of be; with `named`, an article or a capital begins it; an `owner` has a genitive's "s"; one that is
    `glued` hangs by a hyphen on the term before it.
    """

    stem: str
    word: str
    shown: str
    operators: frozenset[str]
    early: frozenset[str]
    links: tuple[str, ...]
    joint: str
    apart: bool
    opens: bool
    hard: bool
    soft: bool
    verb: bool
    be: bool
    named: bool
    owner: bool
    glued: bool
    role: tuple[str, ...] = ()
    phrase: int = 0
    clause: int = 0

    @property
    def wide(self) -> bool:
        """Tell a word that the clauses beside it hang on; "as if" and a later "where" are no conditions."""
        ties = set(self.links) - ({"where"} if self.hard else set())
        return self.word in ATTITUDES or ("as" not in ties and not CONDITIONS.isdisjoint(ties))


@dataclass(frozen=True, slots=True, kw_only=True)
class TermSentence:
    """Hold the terms of a sentence in order, the operators behind the last, and what else is compared.

    `small` are all its words that carry something and are no content; `pointing` is the pronoun it begins
    with, and `pronoun` says that it has one anywhere.
    """

    text: str
    terms: tuple[Term, ...]
    after: frozenset[str]
    small: frozenset[str]
    tenses: frozenset[str]
    pointing: str
    pronoun: bool


@dataclass(slots=True)
class _Reading:
    """Gather what stands before the next term."""

    operators: set[str] = field(default_factory=set)
    early: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    joint: str = ""
    apart: bool = False
    opens: bool = False
    hard: bool = False
    soft: bool = False
    verb: bool = False
    be: bool = False
    named: bool = False
    owner: bool = False
    glued: bool = False


@lru_cache(maxsize=1 << 10)
def read(text: str) -> TermSentence:
    """Read one sentence."""
    terms: list[Term] = []
    words: list[str] = []
    pending = _Reading()
    for found in _TOKEN.finditer(_whole(text)):
        word = _known(found[0])
        words += [] if word in _DIVIDES else [word]
        if _is_name(found) or _is_compound(found) or not _gathered(pending, word):
            pending.named |= found[0][0].isupper()
            pending.owner = bool(_GENITIVE.search(found[0]))
            pending.glued = _hangs(found)
            terms.append(_term(word, found[0], pending, first=not terms))
            pending = _Reading()
    return TermSentence(
        text=text,
        terms=placed(terms),
        after=frozenset(pending.operators | set(pending.links)),
        small=_CARRYING.intersection(words),
        tenses=frozenset(name for name, forms in _TENSES.items() if not forms.isdisjoint(words)),
        pointing=words[0] if words and words[0] in POINTING | {"he", "she"} else "",
        pronoun=any(word in POINTING for word in words),
    )


def _whole(text: str) -> str:
    """Write in few words what is said in many: "each time" is "whenever", "In short:" nothing."""
    text = _FAR_FROM.sub("not", _OPENING.sub("", text))
    return _MEASURE.sub("", _CEILING.sub("up to", _EACH_TIME.sub("whenever", _AGAIN.sub("again", text))))


def _is_compound(found: re.Match[str]) -> bool:
    """Tell a part of a word with hyphens, which is content whatever it is: "Retry-After", "up-to-date"."""
    behind = found.string[found.end() : found.end() + 2]
    return found[0][0].isalpha() and (_hangs(found) or (behind[:1] in _HYPHENS and behind[1:].isalnum()))


def _hangs(found: re.Match[str]) -> bool:
    """Tell whether a hyphen ties it to the word before it."""
    before = found.string[max(0, found.start() - 2) : found.start()]
    return before[-1:] in _HYPHENS and before[:1].isalnum()


def _is_name(found: re.Match[str]) -> bool:
    """Tell a word with a capital inside a sentence, which is no small word: "in May", "Alice In Chains"."""
    before = found.string[max(0, found.start() - 2) : found.start()]
    inside = before[:1].isalnum() and before[1:] == " "
    return found[0] in _NAMES or (inside and len(found[0]) > 1 and found[0].istitle())


def _known(token: str) -> str:
    """Write a word as the lists hold it."""
    word = token.casefold().replace("’", "'")  # noqa: RUF001 - typographic apostrophe
    return word if _NOT.search(word) else _TAIL.sub("", word)


def _gathered(pending: _Reading, word: str) -> bool:
    """Note a word that is no content; return False for one that is."""
    word = _contracted(pending, word)
    pending.be |= word in BE
    if word in _OPENING_WORDS:
        _opened(pending, word)
    elif word in DENIALS or word in MODALS or word in CLOSED or word in LOOSE:
        _operated(pending, DENIALS.get(word, word))
        pending.verb |= word in MODALS
    elif word in PRESENT or word in PAST:
        pending.verb = True
    elif word in PREPOSITIONS:
        pending.links.append(word)
    elif word in FREE or word in PERSONS or word in RESULTS:
        pending.named |= word in ARTICLES
    else:
        return False
    return True


def _contracted(pending: _Reading, word: str) -> str:
    """Note what a contraction holds, and return the rest: "don't" is not and do."""
    if word.endswith("n't") or word == "cannot":
        _operated(pending, "not")
        word = _WHOLE.get(word) or _NOT.sub("", word)
    if word.endswith("'ll"):
        pending.operators.add("will")
        word = word[:-3]
    return word


def _operated(pending: _Reading, operator: str) -> None:
    """Note an operator; the same one twice is another: "not not" is no denial."""
    pending.operators.add(f"{operator} {operator}" if operator in pending.operators else operator)


def _opened(pending: _Reading, word: str) -> None:
    """Note a word or a sign that begins a clause."""
    pending.opens = True
    pending.early |= pending.operators
    pending.hard |= word in _DIVIDES or word in JOINTS
    pending.apart |= word in _DIVIDES
    pending.soft |= word in RELATIVE
    pending.joint = JOINTS.get(word, pending.joint)
    if word in SUBORDINATE:
        # A preposition before it belongs to the clause that ends: "to look at if it fails".
        pending.links = [*[link for link in pending.links if link in SUBORDINATE][-_MOST_LINKS:], word]


def _term(word: str, shown: str, pending: _Reading, *, first: bool) -> Term:
    return Term(
        stem=stem(word),
        word=word,
        shown=shown[:_MOST_SHOWN],
        operators=frozenset(pending.operators),
        early=frozenset(pending.early),
        links=tuple(pending.links),
        joint=pending.joint,
        apart=pending.apart,
        opens=pending.opens or first,
        hard=pending.hard or first,
        soft=pending.soft,
        verb=pending.verb,
        be=pending.be,
        named=pending.named,
        owner=pending.owner,
        glued=pending.glued,
    )


def placed(terms: Iterable[Term]) -> tuple[Term, ...]:
    """Say of each term in which phrase and clause it stands, by the terms before it."""
    done: list[Term] = []
    for term in terms:
        last = done[-1] if done else None
        starts = last is None or bool(term.links) or term.verb or term.opens
        listed = term.hard and not term.verb
        done.append(
            replace(
                term,
                role=term.links if term.links or last is None or (starts and not listed) else last.role,
                phrase=len(done) if last is None or starts else last.phrase,
                clause=0 if last is None else last.clause + term.opens,
            )
        )
    return tuple(done)


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Write a number as its value, a unit in one way, and any other word as its stem without accents."""
    if word[0].isdigit():
        plain = word.replace(",", "")
        return plain.rstrip("0").rstrip(".") if "." in plain else plain.lstrip("0") or "0"
    parts = unicodedata.normalize("NFKD", word)
    bare = "".join(part for part in parts if not unicodedata.combining(part))
    return SPELT.get(bare) or UNITS.get(bare) or str(_STEMMER.stemWord(bare)) or bare
