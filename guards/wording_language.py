"""In which language is a text, as far as its commonest words or its script tell?"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

ENGLISH = "en"

_COMMON = {
    language: frozenset(words.split())
    for language, words in {
        ENGLISH: "the of and to in is was for on with as by at from that it be are were has have not this which"
        " their its an after before or but will must can may when than",
        "de": "der die das und ist nicht ein eine einer eines dem den des mit von zu im auf für sich auch wird"
        " wurde werden sind als bei nach oder aus noch über durch nur wenn kein keine muss kann",
        "fr": "le la les des du une est et dans pour que qui sur pas avec par au aux sont ce cette il elle plus"
        " ne été être ont ou mais leur leurs doit peut après avant",
        "es": "el la los las del una es y en para que por con no se su sus al como más pero fue son está ha"
        " o sin sobre entre cuando debe puede después antes",
        "it": "il lo la gli le di del della dei delle un una è e in per che non con si da al alla sono è stato"
        " come più ma anche o nel nella dopo prima deve può",
        "pt": "o os as do da dos das um uma é e em para que não com se por ao à são foi mais mas como no na"
        " nos nas ou seu sua depois antes deve pode",
        "nl": "de het een en van is niet op te dat die voor met zijn aan er ook als maar om bij of uit wordt"
        " werd naar door over dan nog moet kan geen",
        "sv": "och att det som en ett är av för på med den till inte om var har de vid men från kan måste"
        " eller efter innan när",
        "pl": "i w na z do nie się jest to że o po jak za od przez dla są był była oraz ale lub który która"
        " może musi",
    }.items()
}
_LETTERS = 400
_FEWEST = 2
_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=1 << 8)
def language_of(text: str) -> str:
    """Return the code of a language, the name of a script other than the Latin one, or "" for neither."""
    script = _script(text)
    if script not in ("", "latin"):
        return script
    words = Counter(word.casefold() for word in _WORD.findall(text))
    hits = {name: sum(words[word] for word in common) for name, common in _COMMON.items()}
    best = max(hits, key=lambda name: (hits[name], name == ENGLISH))
    return best if hits[best] >= _FEWEST else ""


def _script(text: str) -> str:
    letters = [char for char in text if char.isalpha()][:_LETTERS]
    names = Counter(unicodedata.name(char, "LATIN").split()[0].lower() for char in letters)
    return names.most_common(1)[0][0] if names else ""
