"""Take off a question what only says which answer it wants: "wie lange", "à quelle fréquence", "hur ofta".

In English such words weigh little (`inquiry.py`); in other languages the name of the property takes the place
of the whole phrase, since the header of a table has it ("Dauer"), or nothing does. A question of nothing else
stays as it is.
"""

# ruff: noqa: E501 - a list reads best on one line; letters of other scripts are meant

from __future__ import annotations

import re

from tools.lexicon.property_words import word_for
from tools.lexicon.question_words import asked_for
from tools.lexicon.terms import terms

_HOW = {
    "bg": "колко (?:време|често|далеч)",
    "ca": "quant de temps|amb quina freqüència|a quina (?:hora|velocitat|distància)",
    "da": "hvor (?:lang tid|lange?|længe|ofte|højt?|meget|mange|stort?|langt|tungt?|gamm?elt?|dybt?|bredt?|hurtigt?|dyrt?)",
    "el": "πόσ[οηεςαι]+ (?:συχνά|ώρα|καιρό|χρόνο|ψηλ[όήά]|μεγάλ[οηα]|μακριά|βαρ[ύιά]+|παλι[όάά]|βαθ[ύιά]+|γρήγορα)",
    "fa": "چند (?:بار|وقت)|چه (?:مدت|قدر)|چقدر",
    "fi": "kuinka (?:kauan|usein|korkea|paljon|monta|suuri|pitkä|kaukana|painava|vanha|syvä|leveä|nopeasti|kallis)",
    "hu": "milyen (?:gyakran|hosszú|magas|nagy|messze|nehéz|régi|mély|széles|gyorsan|drága)|mennyi ideig",
    "id": "(?:berapa|seberapa) (?:lama|sering|kali|tinggi|besar|berat|jauh|banyak|cepat|dalam)",
    "no": "hvor (?:lang tid|lange?|lenge|ofte|høyt?|mye|mange|stort?|langt|tungt?|gamm?elt?|dypt?|bredt?|fort|dyrt?)",
    "ro": r"cât timp|cât de \w+",
    "ru": "как (?:долго|часто|далеко|быстро|высоко|глубоко|много)|сколько времени|какой (?:высоты|длины|ширины|глубины)",
    "sv": "hur (?:lång tid|långt?|länge|ofta|högt?|mycket|många|stort?|tungt?|gamm?alt?|djupt?|brett?|snabbt?|dyrt?)",
    "uk": "як (?:довго|часто|далеко|швидко|високо|глибоко)|скільки часу",
    "ur": "کتن[ےیا] (?:بار|وقت|دیر|دور)",
    "vi": "bao (?:lâu|nhiêu|giờ|xa)|mấy giờ",
}
_PHRASES = {language: re.compile(rf"(?<!\w)(?:{how})(?!\w)", re.IGNORECASE) for language, how in _HOW.items()}


def without_phrase(question: str, language: str) -> str:
    """Return a question without the phrase that asks how long, how often or how much."""
    if found := asked_for(question, language):
        name, match = found
        rest = f"{question[: match.start()]} {word_for(name, language)} {question[match.end() :]}"
    else:
        pattern = _PHRASES.get(language)
        rest = pattern.sub(" ", question) if pattern else question
    return rest if terms(rest, language) else question
