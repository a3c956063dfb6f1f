"""Read a question: its topic terms with their weights, its names and the answer it wants."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tools.lexicon.analysis_language import current_language
from tools.lexicon.proper_names import names
from tools.lexicon.property_words import names_property
from tools.lexicon.terms import is_stop, stem, terms, tokens
from tools.models.extractive.answer_types import AnswerType, expected, focus
from tools.models.extractive.joined_pairs import word_shares
from tools.models.extractive.matching import matched
from tools.models.extractive.question_phrases import without_phrase
from tools.models.extractive.shapes import Shape, shape

# Verbs and nouns that shape a question and name nothing: an answer rarely repeats them.
_LIGHT = frozenset(
    stem(word)
    for word in """according amount answer article call cause come consider default describe difference differ
    different do end explain find follow form get give go happen hold information keep kind length level list
    long main make many mean mention name need number often one part particular put rate reason report say
    should single size sort source speed stand stay stop take tell thing time try turn two type use used using
    usual value want way work""".split()  # noqa: SIM905 - a word list reads best as words
)
_LIGHT_WEIGHT = 0.35
_CARRIED_WEIGHT = 0.5
_UNKNOWN_WEIGHT = 0.15
_FEWEST_STATEMENTS = 30  # among three rows, a word that each of them has would weigh less than an unknown one
_COUNTED = re.compile(r"\bhow\s+many\s+(?:[\w-]+\s+){0,2}?(?P<noun>[\w-]+s)\b", re.IGNORECASE)
_CARRIED = re.compile(r"\(([^()]*)\)\?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """Hold a question's topic stems with weights that sum to 1, its names, its focus and its answer type.

    `stands` holds for each term the words of the pool that stand for it, with how surely, `said` all of them;
    `strict` are the terms that must be met as they are: names, identifiers and figures; `counted` names the
    things whose number is asked for.
    """

    text: str
    order: tuple[str, ...]
    weights: Mapping[str, float]
    stands: Mapping[str, Mapping[str, float]]
    names: tuple[frozenset[str], ...]
    strict: frozenset[str]
    focus: frozenset[str]
    counted: frozenset[str]
    said: frozenset[str]
    answer: AnswerType
    shape: Shape

    def covered(self, found: Iterable[str]) -> float:
        """Return the weight of the question's terms among those found, in 0..1."""
        words = frozenset(found)
        return math.fsum(weight * self.met(term, words) for term, weight in self.weights.items())

    def met(self, term: str, words: frozenset[str]) -> float:
        """Return how surely a term is among words, in 0..1."""
        if term in words:
            return 1.0
        best = 0.0
        for word, sure in self.stands.get(term, {}).items():
            if sure > best and word in words:
                best = sure
        return best

    @property
    def topical(self) -> frozenset[str]:
        """Return the terms that name something, without the light ones that only shape the question."""
        return frozenset(self.weights) - _LIGHT


def inquire(question: str, frequencies: Counter[str], sentences: int) -> Inquiry:
    """Weigh the terms of a question by their rarity in a pool of sentences (idf, Sparck Jones 1972).

    A word that the pool does not hold weighs next to nothing, unless it names something.
    """
    carried = _CARRIED.search(question)
    own = question[: carried.start()] if carried else question
    language, sentences = current_language(), max(sentences, _FEWEST_STATEMENTS)
    order = tuple(dict.fromkeys(terms(without_phrase(question, language))))
    shares = word_shares(order, frequencies)
    own_terms = frozenset(terms(without_phrase(own, language)))
    strict = _strict(question)
    stands = {term: matched(term, frequencies) for term in order}
    said = frozenset(terms(question))
    order = tuple(term for term in order if stands[term] or term in said)
    raw = {
        term: _weight(stands[term], frequencies, sentences, strict=term in strict)
        * _share(term, own_terms)
        * shares[term]
        for term in order
    }
    total = math.fsum(raw.values()) or 1.0
    spans = [question[start:end] for start, end in names(question)]
    form = shape(own)
    return Inquiry(
        text=question,
        order=order,
        weights={term: weight / total for term, weight in raw.items()},
        stands={term: stands[term] for term in order},
        said=frozenset(order).union(*(stands[term] for term in order)),
        names=tuple(name for name in (frozenset(terms(span)) for span in spans) if name),
        strict=strict,
        focus=focus(own),
        counted=frozenset(terms(match["noun"])) if (match := _COUNTED.search(own)) else frozenset(),
        answer=AnswerType.ANY if form is Shape.RULING else expected(own),
        shape=form,
    )


def _strict(question: str) -> frozenset[str]:
    """Return the terms of words that are written like names: with a capital inside a sentence, or a digit."""
    found = set()
    for at, token in enumerate(tokens(question)):
        word = question[token.start : token.end]
        capital = any(map(str.isupper, word[1:])) or (at > 0 and word[0].isupper())
        if (capital or any(map(str.isdigit, word))) and not is_stop(word):
            found.add(token.stem)
    return frozenset(stem for stem in found if not names_property(stem, current_language()))


def _weight(stands: Mapping[str, float], frequencies: Counter[str], sentences: int, *, strict: bool) -> float:
    if not stands:
        return _idf(0, sentences) if strict else _idf(0, sentences) * _UNKNOWN_WEIGHT
    sure = max(stands.values())
    return _idf(max(frequencies[word] for word, each in stands.items() if each == sure), sentences) * sure


def _idf(frequency: int, sentences: int) -> float:
    return math.log((sentences + 1) / (frequency + 0.5)) + 0.1


def _share(term: str, own: frozenset[str]) -> float:
    light = _LIGHT_WEIGHT if term in _LIGHT or names_property(term, current_language()) else 1.0
    return light if term in own else light * _CARRIED_WEIGHT
