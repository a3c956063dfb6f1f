"""Numbers written as words, in languages other than English."""

# ruff: noqa: E501, RUF001 - a list reads best on one line; letters of other scripts are meant

from __future__ import annotations

from functools import cache

from tools.lexicon.combining import LETTER

# Words that are a number alone come first; "one" is mostly an article and is left out. Behind the stroke
# stand those that only join two.
_WORDS = {
    "de": "zwei zwo drei vier fünf sechs sieben acht neun zehn elf zwölf sechzehn siebzehn zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig hundert tausend million millionen milliarde milliarden halb einund | und",
    "fr": "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt vingts trente quarante cinquante soixante cent cents mille million millions milliard milliards |",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte veinti treinta cuarenta cincuenta sesenta setenta ochenta noventa cien ciento cientos doscientos quinientos mil millón millones |",
    "it": "due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove venti vent trenta trent quaranta quarant cinquanta cinquant sessanta sessant settanta settant ottanta ottant novanta novant cento cent mille mila milione milioni miliardo miliardi | uno un",
    "pt": "dois duas três quatro cinco seis sete oito nove dez onze doze treze catorze quatorze quinze dezasseis dezesseis dezassete dezessete dezoito dezanove dezenove vinte trinta quarenta cinquenta sessenta setenta oitenta noventa cem cento duzentos quinhentos mil milhão milhões |",
    "nl": "twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien twintig dertig veertig vijftig zestig zeventig tachtig negentig honderd duizend miljoen miljard half eenen | en ën",
    "pl": "dwa dwie dwóch dwoma trzy trzech cztery czterech pięć pięciu sześć sześciu siedem siedmiu osiem ośmiu dziewięć dziewięciu dziesięć dziesięciu jedenaście dwanaście dwunastu trzynaście czternaście piętnaście szesnaście siedemnaście osiemnaście dziewiętnaście dwadzieścia dwudziestu trzydzieści trzydziestu czterdzieści pięćdziesiąt sześćdziesiąt siedemdziesiąt osiemdziesiąt dziewięćdziesiąt sto stu dwieście trzysta czterysta pięćset sześćset siedemset osiemset dziewięćset tysiąc tysiące tysięcy milion milionów pół |",
    "cs": "dva dvě dvou tři tří čtyři čtyř pět pěti šest šesti sedm sedmi osm osmi devět devíti deset deseti jedenáct dvanáct dvanácti třináct čtrnáct patnáct patnácti šestnáct sedmnáct osmnáct devatenáct dvacet dvaceti třicet třiceti čtyřicet padesát šedesát sedmdesát osmdesát devadesát sto sta stě set tisíc tisíce milion milionů půl | a jedna",
    "tr": "iki üç dört beş altı yedi sekiz dokuz on yirmi otuz kırk elli altmış yetmiş seksen doksan yüz bin milyon milyar yarım buçuk |",
    "hi": "दो तीन चार पाँच पांच छह छः छे सात आठ नौ दस ग्यारह बारह तेरह चौदह पंद्रह पन्द्रह सोलह सत्रह अठारह उन्नीस बीस इक्कीस बाईस तेईस चौबीस पच्चीस छब्बीस सत्ताईस अट्ठाईस उनतीस तीस इकतीस बत्तीस तैंतीस चौंतीस पैंतीस छत्तीस सैंतीस अड़तीस उनतालीस चालीस इकतालीस बयालीस तैंतालीस चवालीस पैंतालीस छियालीस सैंतालीस अड़तालीस उनचास पचास इक्यावन बावन तिरपन चौवन पचपन छप्पन सत्तावन अट्ठावन उनसठ साठ इकसठ बासठ तिरसठ चौंसठ पैंसठ छियासठ सड़सठ अड़सठ उनहत्तर सत्तर बहत्तर पचहत्तर अस्सी पचासी नब्बे पचानवे सौ हज़ार हजार लाख करोड़ आधा डेढ़ ढाई |",
    "ar": "اثنان اثنين اثنا اثني اثنتان اثنتين اثنتا اثنتي ثلاث ثلاثة أربع أربعة خمس خمسة خمسا ست ستة ستا سبع سبعة سبعا ثمان ثماني ثمانية تسع تسعة تسعا عشر عشرة عشرون عشرين ثلاثون ثلاثين أربعون أربعين خمسون خمسين ستون ستين سبعون سبعين ثمانون ثمانين تسعون تسعين مئة مائة مئتان مئتين ألف ألفان آلاف مليون نصف |",
    "ko": "둘 두 셋 세 넷 네 다섯 여섯 일곱 여덟 아홉 열 열두 스물 서른 마흔 쉰 예순 일흔 여든 아흔 백 천 만 반 |",
}
_SIGNS = {
    "zh": "[一二两兩三四五六七八九十百千万萬亿億〇零半]",
    "ja": "[一二三四五六七八九十百千万億〇零半]",
    "ko": "[일이삼사오육칠팔구십백천만]",
    "th": "(?:หนึ่ง|สอง|สาม|สี่|ห้า(?!ม)|หก|เจ็ด|แปด|เก้า(?!อี้)|สิบ|ยี่|ร้อย|พัน|หมื่น|แสน|ล้าน|เอ็ด|ครึ่ง)",
}
_MOST_SIGNS = "{1,12}+"
FIGURES = r"(?<![\d.,])\d[\d.,\u202f\u00a0]{0,30}+"
"""A pattern of a number in digits of any script."""


@cache
def spelt_number(language: str) -> str:
    """Return a pattern of a number that is written in words of a language; nothing matches without a list."""
    signs = f"{_SIGNS[language]}{_MOST_SIGNS}" if language in _SIGNS else ""
    alone, _, joining = _WORDS.get(language, "").partition("|")
    if not alone:
        return signs or "(?!)"
    words = "|".join(sorted(alone.split(), key=len, reverse=True))
    both = "|".join(sorted((*alone.split(), *joining.split()), key=len, reverse=True))
    prefix = "و?" if language == "ar" else ""
    letter = LETTER if language == "hi" else r"\w"
    spelt = rf"(?<!{letter}){prefix}(?:{words})(?:-?(?:{both}))*+(?!{letter})"
    return f"{spelt}|{signs}" if signs else spelt


def number(language: str) -> str:
    """Return a pattern of a number in figures or in words of a language."""
    return f"(?:{FIGURES}|{spelt_number(language)})"
