"""Take the particle or ending off a Korean word: what is left is the word that others share."""

from __future__ import annotations

# Particles (josa) and the commonest endings of verbs (eomi), as any grammar lists them.
_ENDINGS = """
    이었습니다 하였습니다 되었습니다 으로부터 하겠습니다 에서부터 이라고는 했습니다 됩니다 합니다 입니다
    습니다 으로서 으로써 으로는 으로도 에서는 에서도 에게서 에게는 한테서 까지는 까지도 부터는 이라는 이라고
    이었다 하였다 되었다 하나요 되나요 인가요 있나요 할까요 될까요 하는가 되는가 하지만 이지만 하면서 하려면
    하는 하여 해야 하면 하고 하며 한다 했다 된다 됐다 되는 되어 되면 되고 이다 였다 인가 는가 나요 까요
    에서 에게 에는 에도 으로 까지 부터 처럼 보다 마다 조차 밖에 이나 이란 라는 라고 한테 께서 이며 이고
    들의 들은 들이 들을 은 는 이 가 을 를 의 에 로 와 과 도 만 들
""".split()  # noqa: SIM905 - a word list reads best as words
_FUNCTION_WORDS = frozenset(
    """그 이 저 것 수 등 및 또는 그리고 그러나 하지만 또한 즉 얼마 얼마나 무엇 무슨 누가 누구 언제 어디 어디서
    어떻게 왜 몇 어느 어떤 있다 있는 있나요 있습니다 있으며 없다 없는 없습니다 않는 않다 하다 대한 대해 위해
    위한 통해 따라 따른 때 할 한 하는 된 되는 경우 모든 매우 이는 이런 이러한 그런 그러한 같은 다른 여러 더
    가장 각 약 아니라 아니다""".split()  # noqa: SIM905 - the same
)
_FIRST, _FINALS = 0xAC00, 28  # where the syllables begin, and how many of them differ in the last sound alone
_FINAL_N, _FINAL_B = 4, 17
_KNOWN = frozenset(_ENDINGS)
_LONGEST = max(map(len, _ENDINGS))


def bare(word: str) -> str:
    """Return a word of Hangul without its longest ending, but nothing for a function word or ending alone."""
    if word in _FUNCTION_WORDS or word in _KNOWN:
        return ""
    for length in range(min(_LONGEST, len(word) - 1), 0, -1):
        if word[-length:] in _KNOWN:
            rest = word[:-length]
            return "" if rest in _FUNCTION_WORDS else rest
    return _verb(word)


def _verb(word: str) -> str:
    """Return the stem of a verb whose ending is joined to its last syllable: `-ㄴ다`, `-ㅂ니다`."""
    for ending, final in (("니다", _FINAL_B), ("다", _FINAL_N)):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 1 and (ord(stem[-1]) - _FIRST) % _FINALS == final:
            return stem[:-1] + chr(ord(stem[-1]) - final)
    return word
