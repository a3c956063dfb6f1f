"""List the English words that carry what a sentence says, and those that only connect it.

The lists are closed: a word that stands in none of them is content.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PRESENT = _words("is are am isn aren has have does do")
BE = _words("is are am isn aren was were wasn weren be been being")
PAST = _words("was were wasn weren had did")
MODALS = _words("can could may might must shall should will would ought")
DENIALS = {
    **dict.fromkeys(("no", "not", "none", "neither", "nor"), "not"),
    **{word: word for word in ("never", "nobody", "nothing", "nowhere", "without", "hardly", "barely")},
    **{word: word for word in ("scarcely", "rarely", "seldom")},
    **dict.fromkeys(
        _words("non nicht kein keine keinen keinem keiner niet geen inte ikke nie nunca jamais pas"), "not"
    ),
}
"""Words that deny, by the denial they stand for; of other languages too, which a short text may not show."""

ORDINALS = _words("second third fourth fifth sixth seventh eighth ninth tenth nd rd th")
"""Words that take back a superlative: "the second largest" is not the largest."""

BOUNDS = _words("below above under over within beyond until till")
"""Links that, before a number, say up to where the rest holds: "safe below 40 degrees"."""

CLOSED = _words("all every each any most only solely merely more less fewer few least half exclusively")
"""Quantities that may not be moved to another word: "every new run" says nothing of every run."""

LOOSE = _words(
    "some many much several both either about around approximately roughly nearly almost exactly precisely"
    " usually often sometimes always generally normally typically mostly mainly largely partly possibly"
    " probably perhaps maybe likely unlikely reportedly allegedly supposedly apparently too"
)
"""Quantities, shades and guesses that may pass over a word that was left out."""

JOINTS = {"and": "and", "&": "and", "or": "or", "but": "but", "yet": "but"}

SUBORDINATE = _words(
    "because since although though while whereas if unless when whenever where wherever until till before"
    " after than as so whether except provided once otherwise lest despite"
)
"""Words that begin a clause or tie two together; each says how."""

RESULTS = _words("therefore thus hence")
"""Words that may be left out and not added: they say that one thing follows from another."""

RELATIVE = _words("that which who whom whose what how why")

PREPOSITIONS = _words(
    "of in on at by for with from to into onto out off up down over under above below between among through"
    " across toward towards against along behind beyond beside besides near within during via per inside"
    " outside upon throughout around beneath amid like unlike versus regarding concerning following"
)
FIXED = _words("of than and or but so")
"""Links whose phrase stays where it is: what they tie it to is the word before."""

TIMES = _words("in on at during")
"""Links that say the same before a number, a month or a day."""

CALENDAR = _words(
    "january february march april may june july august september october november december"
    " monday tuesday wednesday thursday friday saturday sunday spring summer autumn winter"
)

CONDITIONS = _words("if unless once when whenever until till except provided otherwise lest where whether")
"""What a clause may hang on: it cannot be left out beside the clause that hangs on it."""

ATTITUDES = _words(
    "say says said saying claim claims claimed claiming allege alleges alleged believe believes believed"
    " think thinks thought deny denies denied doubt doubts doubted dispute disputes disputed argue argues"
    " argued suggest suggests suggested assume assumes assumed suppose supposed expect expects expected"
    " hope hopes hoped propose proposes proposed predict predicts predicted estimate estimates estimated"
    " appear appears appeared seem seems seemed according rumour rumours rumored alleging pretend pretends"
    " pretended stop stops stopped fail fails failed cease ceases ceased refuse refuses refused avoid"
    " avoids avoided prevent prevents prevented lack lacks lacked decline declines declined try tries"
    " tried attempt attempts attempted plan plans planned intend intends intended want wants wanted false"
    " untrue wrong myth former formerly previously"
    " added tell tells told note notes noted state stated explain explains explained reported recall recalls"
    " recalled insist insists insisted warn warns warned"
    " ruled conclude concludes concluded hinted imply implies implied"
    " looks looked sounds sounded excludes excluded excluding unable cleared acquitted innocent"
    " partially temporarily theoretically hypothetically insufficiently inadequately wrongly falsely"
    " incorrectly mistakenly erroneously purportedly ostensibly seemingly nominally"
    " provisionally conditionally"
)
"""Words that keep what stands beside them from being the case: they are never left out beside it."""

PERSONS = _words("i me my mine we us our ours you your yours he him his she her hers")
"""Pronouns that may be left out, and used only where the quotes use them."""

POINTING = _words("it its itself they them their theirs themselves this these those")
"""Pronouns that may be added; a sentence that begins with one speaks of the sentence before it."""

FREE = POINTING | _words(
    "a an the there be been being having done doing also too namely eg ie mean means meaning meant such"
)
"""Words that may be added or left out."""

ARTICLES = _words("a an the its their this that these those")

PARTICIPLES = _words(
    "built made written given taken held kept sold bought led run set sent found won done shown driven chosen"
    " drawn known seen sung told taught thought worn torn thrown stolen spoken paid met lost left hit cut put"
    " read heard grown eaten brought broken begun beaten caught"
)
"""Participles that do not end in "ed"."""

SUPERLATIVES = _words(
    "best worst largest biggest highest lowest smallest longest shortest oldest newest youngest earliest"
    " latest fastest slowest greatest deepest strongest weakest richest poorest busiest tallest first last"
)
"""Words that hold only of what limits them: "the largest bridge in Spain"."""

PERCENT = "%"
SPELT = {
    word: str(value)
    for value, word in enumerate(
        (  # noqa: SIM905 - a word list reads best as words
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
            " sixteen seventeen eighteen nineteen twenty"
        ).split()
    )
    if word != "one"
} | dict(
    zip(
        ("thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"),
        map(str, range(30, 100, 10)),
        strict=True,
    )
)
"""The value of a number word; "one" is left a word: it mostly stands for a thing, not for a count."""

UNITS = {
    "ms": "millisecond",
    "milliseconds": "millisecond",
    "percent": PERCENT,
    "percentage": PERCENT,
    "kg": "kilogram",
    "kilograms": "kilogram",
    "km": "kilometre",
    "kilometres": "kilometre",
    "kilometers": "kilometre",
    "metres": "metre",
    "meters": "metre",
    "meter": "metre",
    "kilometer": "kilometre",
    "euros": "euro",
    "€": "euro",
    "dollars": "dollar",
    "$": "dollar",
}
"""Units that are written in more than one way, by the one they are compared as."""

ABBREVIATIONS = _words(
    "e.g i.e etc vs cf no nos dr mr mrs ms prof st fig approx inc ltd jr sr u.s u.k a.m p.m co corp al ca sec"
    " ed eds vol pp p art ch"
)


INCOMPLETE = _words(
    "needed required allowed permitted forbidden used designed meant intended recommended limited restricted"
    " based charged accused suspected known called named considered"
)
"""Participles that say too much alone: "needed to open the gate" is not "needed"."""

NEAR_DENIALS = _words("less fewer least")


def is_participle(word: str) -> bool:
    """Tell a participle by its ending, or because it is a known one."""
    return word.endswith(("ed", "ing")) or word in PARTICIPLES


def is_date(word: str) -> bool:
    """Tell a number or a word of the calendar."""
    return word[0].isdigit() or word in CALENDAR or word in SPELT
