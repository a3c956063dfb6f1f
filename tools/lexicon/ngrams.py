"""Cut what is written without blanks between words into pairs of neighbours (bigrams).

Chinese, Japanese, Thai, Lao, Khmer and Burmese need a dictionary to be cut into words; pairs of neighbours
find as well (Nie, Gao, Zhang and Zhou 2000) and need none. Korean has blanks, but joins nouns freely.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from tools.lexicon.combining import MARK
from tools.lexicon.korean import bare

_HAN = r"\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HIRAGANA = r"\u3041-\u309f"
_KATAKANA = r"\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_HANGUL = r"\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3"
_CLUSTERED = r"\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ece\u0edc-\u0edf\u1000-\u103f\u1050-\u109f\u1780-\u17d3"
UNSPACED = f"[{_HAN}{_HIRAGANA}{_KATAKANA}{_HANGUL}{_CLUSTERED}]"
"""A pattern of one sign of these scripts."""
RUN = "|".join(f"[{script}]++" for script in (_HAN, _HIRAGANA, _KATAKANA, _HANGUL, _CLUSTERED))
"""A pattern of signs of one script in a row."""

# A vowel that is written before its consonant, a consonant, and what is written around it.
_UNIT = re.compile(rf"[เ-ไເ-ໄ]?(?:[{_CLUSTERED}](?:{MARK}|[ะาำๅະາຳ])*+)|.", re.DOTALL)
_IS_HIRAGANA, _IS_HANGUL = re.compile(f"[{_HIRAGANA}]"), re.compile(f"[{_HANGUL}]")
_HAN_STOPS = re.compile(
    "为什么|为甚么|為什麼|什么|什麼|多[少久长長大重高深远遠宽寬快厚]|怎么|怎麼|怎样|怎樣|哪个|哪個|哪些|哪里|哪裡|如何"
    "|可以|能够|能夠|一个|一個|我们|我們|他们|他們|它们|它們|这个|這個|那个|那個|这些|這些|那些"
    "|因为|因為|所以|但是|如果|以及|或者|并且|並且|[的了是在和与與或及就都而着著吗嗎呢吧啊把被让讓给給从從到对對于於也]"
    "|[还還很谁誰几幾何其之这這那有能会會要个個]"
)
_KANA_ENDINGS = tuple(
    """ませんでした ありません でしょうか ください しました されます されている しています できます できる
    ますか ました ません でした ですか である であり ており ている ていた られる される すれば れる せる
    する した して ます です から まで より には では とは への での は が を に で と の も か
    """.split()  # noqa: SIM905 - a word list reads best as words
)
_KANA_STOPS = frozenset(
    """いくら いくつ どこ どれ どの どう どんな なに なぜ だれ どちら どのくらい どれくらい これ それ あれ
    この その ここ そこ また""".split()  # noqa: SIM905 - a list of words
)
_SHORTEST_KANA = 3
_CLUSTER_STOPS = re.compile(
    "เท่าไหร่|เท่าไร|เท่าใด|อย่างไร|ที่ไหน|เมื่อไร|เมื่อไหร่|อะไร|ทำไม|ใคร|และ|ของ|หรือ|ที่|ได้|ให้|เป็น|กี่|ครับ|ค่ะ|คือ"
)
_ONE, _CLUSTERS = re.compile(UNSPACED), re.compile(f"[{_CLUSTERED}]")


def is_unspaced(sign: str) -> bool:
    """Tell whether a sign is of a script that these functions cut."""
    return not sign.isascii() and _ONE.match(sign) is not None


def units(run: str) -> Iterator[tuple[int, int]]:
    """Yield where each unit of a run begins and ends: a sign with its marks; a word of Hangul is one."""
    if _IS_HANGUL.match(run):
        yield 0, len(run)
        return
    for match in _UNIT.finditer(run):
        yield match.span()


def ngrams(run: str) -> Iterator[str]:
    """Yield the pairs of neighbours in a run of one script, without function words; one alone for itself."""
    for piece in _pieces(run):
        found = [match[0] for match in _UNIT.finditer(piece)]
        if len(found) == 1:
            yield found[0]
        for left, right in pairwise(found):
            yield left + right


def _pieces(run: str) -> list[str]:
    """Cut a run at its function words; Hiragana mostly bends the word before it, so little of it is kept."""
    if _IS_HANGUL.match(run):
        return [bare(run)]
    if _IS_HIRAGANA.match(run):
        while run.endswith(_KANA_ENDINGS):
            run = next(run.removesuffix(ending) for ending in _KANA_ENDINGS if run.endswith(ending))
        return [run] if len(run) >= _SHORTEST_KANA and run not in _KANA_STOPS else []
    return (_CLUSTER_STOPS if _CLUSTERS.match(run) else _HAN_STOPS).split(run)
