"""Tell a sentence from what is left of a page's menus, boxes and footers."""

from __future__ import annotations

from tools.lexicon.terms import WORD, is_stop

_FEWEST = 20  # words: a short title may name what is asked for
_MOST_FUNCTION = 1 / 8  # of English prose two words of five carry no topic
_FEWEST_NAMES = 1 / 2
_PAIRS = 2  # "Height: 5 m; Width: 2 m" is a row


def is_debris(text: str) -> bool:
    """Tell a long run of names and figures without the small words that make a sentence of them."""
    words = [match[0] for match in WORD.finditer(text)]
    if len(words) < _FEWEST or ("; " in text and text.count(": ") >= _PAIRS):
        return False
    names = sum(not word[0].islower() for word in words)
    function = sum(map(is_stop, words))
    return function < _MOST_FUNCTION * len(words) and names > _FEWEST_NAMES * len(words)
