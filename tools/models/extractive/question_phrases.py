"""Take off a question what only says which answer it wants: "wie lange", "à quelle fréquence", "hur ofta".

In English such words weigh little (`inquiry.py`); in other languages the whole phrase goes, so that a
sentence need not repeat it. A question of nothing else stays as it is.
"""

# ruff: noqa: E501, RUF001 - a list reads best on one line; letters of other scripts are meant

from __future__ import annotations

import re

from tools.lexicon.terms import terms

_HOW = {
    "bg": "колко (?:време|често|далеч)",
    "ca": "quant de temps|amb quina freqüència|a quina (?:hora|velocitat|distància)",
    "cs": "jak (?:dlouho|často|vysok[ýáé]|moc|velk[ýáé]|daleko|těžk[ýáé]|star[ýáé]|hlubok[ýáé]|širok[ýáé]|rychle)",
    "da": "hvor (?:lang tid|lange?|længe|ofte|højt?|meget|mange|stort?|langt|tungt?|gamm?elt?|dybt?|bredt?|hurtigt?|dyrt?)",
    "de": "wie (?:lange?|häufig|hoch|oft|viele?|groß|weit|schwer|alt|tief|breit|schnell|teuer|stark|warm|heiß|kalt|dick|spät)",
    "el": "πόσ[οηεςαι]+ (?:συχνά|ώρα|καιρό|χρόνο|ψηλ[όήά]|μεγάλ[οηα]|μακριά|βαρ[ύιά]+|παλι[όάά]|βαθ[ύιά]+|γρήγορα)",
    "es": r"cuánto tiempo|con qué frecuencia|cada cuánto|a qué (?:hora|velocidad|distancia)|qué tan \w+",
    "fa": "چند (?:بار|وقت)|چه (?:مدت|قدر)|چقدر",
    "fi": "kuinka (?:kauan|usein|korkea|paljon|monta|suuri|pitkä|kaukana|painava|vanha|syvä|leveä|nopeasti|kallis)",
    "fr": "combien de temps|tous les combien|(?:à|avec|de) quelle (?:fréquence|vitesse|hauteur|distance|heure)",
    "hi": "कितन[ेीा] (?:बार|समय|देर|दूर)",
    "hu": "milyen (?:gyakran|hosszú|magas|nagy|messze|nehéz|régi|mély|széles|gyorsan|drága)|mennyi ideig",
    "id": "(?:berapa|seberapa) (?:lama|sering|kali|tinggi|besar|berat|jauh|banyak|cepat|dalam)",
    "it": "(?:per )?quanto tempo|ogni quanto|con (?:quale|che) frequenza|a (?:che|quale) (?:ora|velocità|distanza)",
    "ko": "얼마나 (?:오래|자주|많이|높이|멀리|빨리|깊이)",
    "nl": "hoe (?:lang|vaak|hoog|veel|groot|ver|zwaar|oud|diep|breed|snel|duur|laat)",
    "no": "hvor (?:lang tid|lange?|lenge|ofte|høyt?|mye|mange|stort?|langt|tungt?|gamm?elt?|dypt?|bredt?|fort|dyrt?)",
    "pl": "jak (?:długo|często|wysok[iao]|dużo|duż[yae]|daleko|ciężk[iao]|star[yae]|głębok[iao]|szerok[iao]|szybko)|ile czasu",
    "pt": "(?:por )?quanto tempo|com que frequência|a que (?:horas|velocidade|distância)",
    "ro": r"cât timp|cât de \w+",
    "ru": "как (?:долго|часто|далеко|быстро|высоко|глубоко|много)|сколько времени|какой (?:высоты|длины|ширины|глубины)",
    "sv": "hur (?:lång tid|långt?|länge|ofta|högt?|mycket|många|stort?|tungt?|gamm?alt?|djupt?|brett?|snabbt?|dyrt?)",
    "tr": "ne kadar(?: süre| zaman| sık)?|kaç (?:kez|defa|kere|saat)|ne sıklıkla",
    "uk": "як (?:довго|часто|далеко|швидко|високо|глибоко)|скільки часу",
    "ur": "کتن[ےیا] (?:بار|وقت|دیر|دور)",
    "vi": "bao (?:lâu|nhiêu|giờ|xa)|mấy giờ",
    "ar": "كم (?:مرة|من الوقت|مدة)|ما مدى",
}
_PHRASES = {language: re.compile(rf"(?<!\w)(?:{how})(?!\w)", re.IGNORECASE) for language, how in _HOW.items()}


def without_phrase(question: str, language: str) -> str:
    """Return a question without the phrase that asks how long, how often or how much."""
    pattern = _PHRASES.get(language)
    rest = pattern.sub(" ", question) if pattern else question
    return rest if terms(rest, language) else question
