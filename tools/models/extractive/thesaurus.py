"""Know everyday words that mean the same in questions and in documents; in other languages, of properties."""

from __future__ import annotations

from tools.lexicon.analysis_language import ENGLISH, current_language
from tools.lexicon.property_words import same_property
from tools.lexicon.terms import stem

# Each line holds words that one may use for another; a word may stand in several lines.
_GROUPS = """
allow permit let enable accept support can
answer reply respond response return
area region zone place
ask request query prompt
attack breach compromise hack incident intrusion
avoid prevent stop keep
ban forbid prohibit disallow deny block
begin start commence launch open initiate
big large size great huge maximum limit capacity
boss manager supervisor lead
box machine server host node computer
break fail failure crash error fault
build make create construct
buy purchase order acquire procure
cancel abort terminate withdraw
car vehicle
change modify alter edit update adjust
check verify validate test inspect
cheap inexpensive cost
choose select pick
client customer user
code passcode password pin
colleague coworker employee staff
command instruction
company firm business organization
cost price fee charge expense pay rate
cut reduce decrease lower shrink
deadline due date
delay wait latency timeout
delete remove erase drop purge clear
device phone mobile cell iphone
disk drive storage ssd
document file
earn accrue receive get
end finish stop terminate complete close expire
explain describe
extend lengthen prolong
fast quick rapid speed rate
fix repair solve resolve troubleshoot correct
folder directory
forget lose
founded founding established started created opened
free available
gather collect
grow increase raise expand
guess estimate
happen occur
heavy weigh weight kilogram kg
high height tall rise
wide width broad
inhabitant population people resident live citizen
help support assist aid
hide conceal mask
holiday vacation leave
hurt damage harm
idle inactive inactivity silent
illness sick sickness
improve better
include contain comprise consist
job position role
keep retain store hold save preserve
kill stop terminate
last expire lifetime valid
laptop computer pc
launch release publish issue
least minimum
length long duration
make produce
maximum most limit
meaning definition
memory ram
minimum least
money fund budget
name call title
need require must necessary
notice notify inform tell report announce alert
old age
often frequency interval every
own owner belong maintain
part section component
password passphrase credential
people person staff member
picture image photo
pin lock fix
problem issue trouble error
publish release issue
purpose goal aim
quit leave exit
quota limit
recommend suggest advise prefer
refuse reject deny decline
rule policy regulation
safe secure
see view look
send transmit deliver submit
setting option parameter configuration flag
show display
shut close
sort kind type
speak say talk
start launch run
sum total amount
take last require
talk discuss
teach train
throw raise
top maximum
transfer move
travel trip
try attempt
turn switch
vanish disappear
wait delay
want wish
word term
work function operate
worker process
wrong incorrect invalid failed
year annual
"""


def _groups() -> dict[str, frozenset[str]]:
    made: dict[str, set[str]] = {}
    for line in _GROUPS.split("\n"):
        group = {stem(word) for word in line.split()}
        for word in group:
            made.setdefault(word, set()).update(group)
    return {word: frozenset(group - {word}) for word, group in made.items()}


_SAME = _groups()


def synonyms(word: str) -> frozenset[str]:
    """Return the stems that may stand for a stem; none where it has no line."""
    language = current_language()
    return _SAME.get(word, frozenset()) if language == ENGLISH else same_property(word, language)
