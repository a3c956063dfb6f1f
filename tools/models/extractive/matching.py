"""Map the words of a question to the words of a pool: spelling, derivation and other words for the same."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from tools.lexicon.analysis_language import ENGLISH, current_language
from tools.lexicon.ngrams import is_unspaced
from tools.lexicon.terms import stem
from tools.models.extractive.thesaurus import synonyms
from tools.spelling import misspelt

TYPED = 0.9
DERIVED = 0.85
RELATED = 0.5
APART = 0.7
_GLUED = re.compile(r"[a-z]{3,}\d+$")
_LEAST_ROOT = 4
# The endings of other languages are not listed: what is alike must be longer.
_LEAST_OTHER_ROOT, _LONGEST_ENDING = 5, 3
# What stems of one root may end in, once what they share is taken away.
_ENDINGS = frozenset(
    """a abl age al anc ant at ate ation ator e ee enc ent er ful i ibl ic ion ism ist iti iv less ment ness
    or ship tion ur y""".split()  # noqa: SIM905 - a word list reads best as words
) | {""}
_IRREGULAR = """
win won winner; sell sold sale; begin began begun; buy bought; choose chose chosen choice; send sent
hold held; keep kept; lose lost loss; leave left; find found; give gave given; take took taken
write wrote written; speak spoke spoken speech; know knew known knowledge; grow grew grown growth
see saw seen sight; build built; think thought; pay paid; tell told; meet met; lead led; read
spend spent; teach taught; bring brought; fall fell fallen; break broke broken; drive drove driven
rise rose risen; wear wore worn; weigh weight heavy; high height; long length; deep depth; wide width
old age; strong strength; die death dead; live life; marry marriage; arrive arrival; remove removal
approve approval; deny denial; analyse analysis; receive receipt; deep deeply; five fifth; prove proof
believe belief; succeed success; fail failure; describe description; maintain maintenance
explain explanation; retain retention; detain detention; abbreviate abbreviation short
"""


def _families() -> dict[str, frozenset[str]]:
    made: dict[str, set[str]] = {}
    for family in _IRREGULAR.replace("\n", ";").split(";"):
        forms = {stem(word) for word in family.split()}
        for form in forms:
            made.setdefault(form, set()).update(forms)
    return {form: frozenset(forms - {form}) for form, forms in made.items()}


_FORMS = _families()


def matched(term: str, vocabulary: Collection[str]) -> Mapping[str, float]:
    """Return the words of a vocabulary that stand for a term, each with how surely, in 0..1."""
    found = {word: RELATED for word in synonyms(term) if word in vocabulary}
    found |= {word: DERIVED for word in vocabulary if _is_derived(term, word)}
    found |= {word: DERIVED for word in _FORMS.get(term, ()) if word in vocabulary}
    found |= {piece: APART for piece in _pieces(term) if piece in vocabulary}
    if len(term) == 1 and is_unspaced(term):  # a word of one sign stands in pairs with its neighbours
        found |= {word: APART for word in vocabulary if term in word}
    if term in vocabulary:
        found[term] = 1.0
    elif not any(sure >= DERIVED for sure in found.values()):
        found |= dict.fromkeys(misspelt(term, vocabulary), TYPED)
    return found


def _pieces(term: str) -> tuple[str, ...]:
    """Return the name of a name that ends in a figure, without it."""
    return (stem(term.rstrip("0123456789")),) if _GLUED.match(term) else ()


def _is_derived(term: str, word: str) -> bool:
    """Tell words of one root: they begin alike, and only an ending tells them apart."""
    if term[0] != word[0] or term == word:
        return False
    shorter = min(len(term), len(word))
    shared = next((at for at in range(shorter) if term[at] != word[at]), shorter)
    if current_language() != ENGLISH:
        return shared >= _LEAST_OTHER_ROOT and max(len(term), len(word)) - shared <= _LONGEST_ENDING
    return shared >= _LEAST_ROOT and term[shared:] in _ENDINGS and word[shared:] in _ENDINGS
