"""Know the words a text uses for a relation that a question calls otherwise."""

from __future__ import annotations

from tools.lexicon.terms import stem

# Before the colon what a question says, after it what a text may say instead.
_RELATIONS = """
director directed: direct directed director filmmaker
performer performed sang singer: perform performed sung singer sang rapper musician band artist recorded
composer composed: composed composer music score soundtrack
author writer written wrote: written wrote writer author novel book
father mother parent parents: son daughter child born father mother
grandfather grandmother: son daughter grandson granddaughter father mother
child children son daughter: father mother son daughter children
husband wife spouse: married marriage husband wife widow widower consort queen partner
law: husband wife spouse married marriage son daughter father mother
stepmother stepfather step: son daughter father mother married wife husband
sibling brother sister: brother sister sibling
producer produced: produced producer
founder founded created creator: founded founder established created started
employer employs: works worked employed joined
owner owns owned: owner owned maintained maintainer operated run team
uses used using: uses used using built based runs
depends depend relies requires: depends uses requires relies needs backed built calls
replaced successor predecessor: replaced replaces successor predecessor succeeded formerly
""".strip()

_SAID = {
    stem(word): frozenset(map(stem, line.partition(":")[2].split()))
    for line in _RELATIONS.splitlines()
    for word in line.partition(":")[0].split()
}


def related(words: frozenset[str]) -> frozenset[str]:
    """Return the stems a text may use for the relations among some stems; all of these when there is none."""
    asked = [word for word in words if word in _SAID]
    return frozenset(asked).union(*(_SAID[word] for word in asked)) if asked else words


def asks_relation(words: frozenset[str]) -> bool:
    """Tell whether a question's terms, by their stems, name a relation between two things."""
    return bool(words & _SAID.keys())
