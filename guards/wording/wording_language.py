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
        ENGLISH: "the of and to in is was for on with as by at from that it be are were has have not this"
        " which their its an after before or but will must can may when than a if no he she they we you",
        "de": "der das und ist nicht ein eine einer eines dem mit von zu im auf für sich auch wird wurde"
        " werden sind als bei nach oder aus noch über durch nur wenn kein keine muss kann",
        "fr": "le la les une est et dans que qui pas avec au aux sont ce cette il elle ne été être ont ou"
        " mais leur leurs doit peut après avant d'une n'est",
        "es": "el los las una es y en para por que se su sus al como más pero fue está ha o sobre entre"
        " cuando debe puede después antes",
        "it": "il lo gli di del della dei delle un una è che non si da al alla sono stato più ma anche nel"
        " nella dopo prima deve può",
        "pt": "os da dos das um uma é em para que não com se por ao à são foi mais mas como na nos nas ou"
        " seu sua depois antes deve pode",
        "nl": "het een en niet op te dat voor zijn aan er ook als maar bij uit wordt werd naar dan nog moet"
        " kan geen deze",
        "sv": "och att det som ett är av på den till inte om har de vid från måste eller efter innan när",
        "pl": "nie się jest że po za od przez dla są był była oraz ale lub który która może musi ich",
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
    sure = best == ENGLISH or hits[best] > 2 * hits[ENGLISH]
    return best if sure and hits[best] >= _FEWEST else ""


def _script(text: str) -> str:
    letters = [char for char in text if char.isalpha()][:_LETTERS]
    names = Counter(unicodedata.name(char, "LATIN").split()[0].lower() for char in letters)
    return names.most_common(1)[0][0] if names else ""
