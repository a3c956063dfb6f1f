"""Fold words that say the same: inflections, irregular forms, and synonyms of general English."""

# ruff: noqa: E501 - a pattern and a list read best on one line

from __future__ import annotations

from functools import lru_cache

from tools.lexicon.terms import is_stop, stem


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# A form, then its base.
_IRREGULAR = """
built build|took take|taken take|slept sleep|ran run|held hold|kept keep|wrote write|written write|began begin
begun begin|rose rise|risen rise|fell fall|fallen fall|led lead|made make|paid pay|sold sell|bought buy|sent send
spent spend|stood stand|told tell|thought think|brought bring|caught catch|chose choose|chosen choose|drew draw
drawn draw|drove drive|driven drive|ate eat|eaten eat|flew fly|flown fly|gave give|given give|went go|gone go
grew grow|grown grow|knew know|known know|laid lay|left leave|lost lose|met meet|rode ride|ridden ride|said say
saw see|seen see|shown show|sang sing|sung sing|sat sit|spoke speak|spoken speak|swam swim|taught teach
threw throw|thrown throw|understood understand|won win|wore wear|worn wear|found find|bore bear|born born
broke break|broken break|became become|came come|felt feel|fought fight|forgot forget|froze freeze|frozen freeze
got get|hung hang|hid hide|hidden hide|lent lend|lit light|meant mean|proven prove|rang ring|sank sink|sunk sink
shot shoot|shut shut|stole steal|stolen steal|struck strike|swore swear|swept sweep|woke wake|bound bind
goes go|undergoes undergo|underwent undergo|undergone undergo|arose arise|arisen arise|blew blow|blown blow
bred breed|burnt burn|crept creep|dealt deal|dug dig|fed feed|fled flee|forgave forgive|heard hear|learnt learn
overcame overcome|overtook overtake|overtaken overtake|rebuilt rebuild|shook shake|shaken shake|shone shine
slid slide|sought seek|sped speed|spun spin|sprang spring|sprung spring|stuck stick|strove strive|stung sting
swung swing|tore tear|torn tear|underlain underlie|undertook undertake|undertaken undertake|withdrew withdraw
withdrawn withdraw|withheld withhold|withstood withstand|wept weep|lain lie|strewn strew|sewn sew
wolves wolf|knives knife|wives wife|halves half|shelves shelf|thieves thief|loaves loaf|oxen ox
criteria criterion|phenomena phenomenon|indices index|matrices matrix|vertices vertex|analyses analysis
children child|men man|women woman|people person|feet foot|teeth tooth|mice mouse|geese goose
better improve|best improve
"""
# Words that may stand for each other where all else of two sentences is the same.
_SYNONYMS = """
finish complete end conclude
begin start commence
last run continue endure
weigh weight mass
long length
wide width breadth broad
tall high height
deep depth
build construct erect
close shut
buy purchase acquire
sell vend
own possess belong property
found establish set-up
make produce manufacture
mend repair fix
fasten tie secure attach
cost price fee charge pay
show display
keep reserve retain store preserve
speed velocity
big large
small little
quick fast rapid swift
remove delete erase
car automobile
doctor physician
film movie
picture photograph photo image
shop store
illness disease sickness
town city
road street
ship vessel boat
help assist aid
need require
get obtain receive
live dwell reside inhabit
die death perish
area region zone
job task
error fault failure
answer reply respond response
headquarters head-office
sign autograph
begin-of-life birth
author writer
check inspect examine verify
often frequently
yearly annual annually
member participant
enter join
publish appear
name call
child kid
teacher instructor
rest remainder
entry entrance admission
carry transport
share split
alter change modify
lift raise hoist
capacity volume contain
"""
# What may stand in one of two sentences alone and tells them apart from nothing.
_LIGHT = _listed("""take have hold make do keep use give get go come stay let work part amount total number measure
    thing way set put bring reach become remain stand lie form serve place volume contain capacity fit suitable able
    case fact order total sum altogether exactly precisely just also too indeed currently respectively provide
    there called known named""")
_CALENDAR = _listed("""january february march april may june july august september october november december jan feb
    mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mondays tuesdays
    wednesdays thursdays fridays saturdays sundays""")

_SHORT = 6
_BASE = dict(pair.split(" ") for line in _IRREGULAR.strip().splitlines() for pair in line.split("|"))
_CLASS: dict[str, str] = {}
for _line in _SYNONYMS.strip().splitlines():
    _stems = [stem(word) for word in _line.split()]
    for _stem in _stems:
        _CLASS.setdefault(_stem, _stems[0])
LIGHT = frozenset(_CLASS.get(stem(word), stem(word)) for word in _LIGHT)


@lru_cache(maxsize=1 << 14)
def fold(word: str) -> str:
    """Return the one form of a word that all its inflections and synonyms share."""
    lower = word.lower().replace("’", "'").removesuffix("'s").removesuffix("'")  # noqa: RUF001 - typographic
    base = _BASE.get(lower, lower)
    if base.endswith(("ist", "ists")) and len(base) > _SHORT:
        base = base.rstrip("s").removesuffix("ist")
    if base.endswith(("able", "ible")) and len(base) > _SHORT + 1:
        base = base[: -len("able")]
    folded = stem(base)
    return _CLASS.get(folded, folded)


def is_content(word: str) -> bool:
    """Tell whether a word says what a statement is about, where a stop word only joins."""
    return not is_stop(word) and word.lower() not in _CALENDAR
