"""Tell whether two statements say the same of the same subject, or cannot both be true."""

# ruff: noqa: E501 - a pattern and a list read best on one line

from __future__ import annotations

from tools.statements.dates_and_times import Date
from tools.statements.quantities import DIMENSION_WORDS
from tools.statements.statement import Clause, Statement
from tools.statements.synonyms import LIGHT, fold

_SAME_TOPIC = 0.5
_MOST_EXTRA = 1
_FEWEST_SHARED = 2  # of a clause that may have left its subject to the one before it


def _folded(words: str) -> frozenset[str]:
    return frozenset(map(fold, words.split()))


# Each is a property of its own, though all are lengths.
_PROPERTIES = _folded("wide high deep thick round")
# What happens once: two dates of it cannot both be true.
EVENTS = _folded(
    "open reopen close built founded finished signed launched published released born died invented discovered cast"
    " consecrated established begun adopted introduced abolished demolished elected crowned married sunk destroyed"
    " opened closed started ended completed created named ratified decommissioned commissioned dismantled retired merged incorporated chartered"
    " patented collapsed exploded expired withdrawn deprecated superseded appointed convicted acquired burnt bombed dissolved inaugurated unveiled"
)
# What has one value: who did it, behind "by"; where it is, behind "in".
_BY = _folded(
    "designed built written founded invented composed painted discovered directed owned created planted planned"
    " launched developed published produced led chaired run proposed commissioned sculpted carved drawn"
)
_IN = _folded(
    "headquarters capital located based born died lies seat buried office situated kept stored held housed"
)


def same_topic(left: Statement, right: Statement) -> bool:
    """Tell whether most words of the shorter statement stand in the other."""
    shorter = min(len(left.topic), len(right.topic))
    return shorter > 1 and len(left.topic & right.topic) / shorter >= _SAME_TOPIC


def disagree(left: Statement, right: Statement) -> bool:
    """Tell whether two statements cannot both be true: all is the same but one thing, which is another."""
    return not (left.asks or right.asks) and any(
        _conflict(one, other, left, right) and not (_is_said(one, right) or _is_said(other, left))
        for one in left.clauses
        for other in right.clauses
    )


def differ(left: Statement, right: Statement) -> bool:
    """Tell whether two sentences give other amounts or dates of one kind, be it of the same thing or not."""
    mine, theirs = ([one for clause in said.clauses for one in clause.quantities] for said in (left, right))
    kinds = {one.dimension for one in mine} & {one.dimension for one in theirs}
    pairs = [(a, b) for a in mine for b in theirs if a.dimension == b.dimension]
    dates = [(a, b) for a in _dates(left) for b in _dates(right)]
    other = any(not any(a.meets(b) for a, b in pairs if a.dimension == kind) for kind in kinds)
    return other or (bool(dates) and not any(a.fits(b) for a, b in dates))


def _dates(said: Statement) -> list[Date]:
    return [date for clause in said.clauses for date in clause.moments.dates]


def repeats(other: Statement, claim: Statement) -> bool:
    """Tell whether the other statement says all that a claim says, of the same subject."""
    return bool(claim.clauses) and not other.asks and all(_is_said(one, other) for one in claim.clauses)


def agree(left: Statement, right: Statement) -> bool:
    """Tell whether two statements say the same, and neither says more."""
    return repeats(left, right) and repeats(right, left)


def _is_said(clause: Clause, by: Statement) -> bool:
    return any(_same(clause, other) for other in by.clauses)


def _conflict(one: Clause, other: Clause, left: Statement, right: Statement) -> bool:
    if one.hedges - {"only"} != other.hedges - {"only"} or {one.tense, other.tense} == {"past", "present"}:
        return False
    if _apart(one.moments.recurring, other.moments.recurring):
        return False
    found = _contrasts(one, other)
    if found == ["name"]:
        return _is_other_value(one, other, left, right)
    together = {"amount", "pole", "quantity"} >= set(found) and not one.conditional | other.conditional
    return (len(found) == 1 or together) and _aligned(one, other, left, right)


def _contrasts(one: Clause, other: Clause) -> list[str]:
    """Return the respects in which two clauses differ, among those that can be compared."""
    swapped = _swapped(one, other)
    opposite = _opposite(one, other)
    compared = one.compares and other.compares
    found = {
        "amount": _other_amount(one, other) or one.moments.other_times(other.moments),
        "pole": opposite != swapped if compared else opposite,
        "order": swapped and not compared,
        "quantity": {"all", "few"} <= one.quantifiers ^ other.quantifiers,
        "rate": _apart(one.rates, other.rates),
        "date": one.moments.other_dates(other.moments),
    }
    return [name for name, differs in found.items() if differs] or ["name"]


def _aligned(one: Clause, other: Clause, left: Statement, right: Statement) -> bool:
    """Tell whether two clauses are about the same thing: no word tells one from the other."""
    if one.moments.other_dates(other.moments) and not (
        EVENTS & ({*one.content, *one.poles} & {*other.content, *other.poles})
    ):
        return False
    mine, theirs = _left_over(one, other, right), _left_over(other, one, left)
    if (mine | theirs) & (one.named | other.named) or _roles_differ(one, other):
        return False
    begin = one is left.clauses[0] and other is right.clauses[0]
    if _shared(one, other) < (1 if begin else _FEWEST_SHARED):
        return False
    if mine and theirs:
        return mine | theirs <= LIGHT
    extra = (mine | theirs) - LIGHT
    return len(extra) <= _MOST_EXTRA and not extra & (one.joined | other.joined | _PROPERTIES)


def _is_other_value(one: Clause, other: Clause, left: Statement, right: Statement) -> bool:
    """Tell whether only the value of a property with one value differs."""
    mine, theirs = _left_over(one, other, right) - LIGHT, _left_over(other, one, left) - LIGHT
    if not mine or not theirs:
        return False
    shared = frozenset(one.content) & frozenset(other.content)
    if one.link == other.link and mine <= one.tail and theirs <= other.tail:
        known = {"by": _BY, "in": _IN, "at": _IN, "near": _IN}.get(one.link, frozenset())
        return bool(known & shared)
    if mine <= one.agent and theirs <= other.agent and _BY & shared:
        return True
    return mine <= one.value and theirs <= other.value


def _same(one: Clause, other: Clause) -> bool:
    """Tell whether two clauses say the same: nothing differs, and nothing but light words is left over."""
    same = (
        (one.hedges, one.rates, one.moments.recurring, one.quantifiers)
        == (other.hedges, other.rates, other.moments.recurring, other.quantifiers)
        and one.moments.same_times(other.moments)
        and {one.tense, other.tense} != {"past", "present"}
        and _same_amounts(one, other)
        and one.moments.same_dates(other.moments)
    )
    if not same or _contrasts(one, other) != ["name"] or _roles_differ(one, other):
        return False
    if bool(one.earlier) != bool(other.earlier) or (
        one.negated != other.negated and not _shared_poles(one, other)
    ):
        return False
    return bool(_shared(one, other)) and _differing(one, other) | _differing(other, one) <= LIGHT


def _left_over(one: Clause, other: Clause, whole: Statement) -> frozenset[str]:
    """Return the words of a clause that the other sentence lacks, but for those that its amounts imply."""
    return _differing(one, other) - whole.topic


def _differing(one: Clause, other: Clause) -> frozenset[str]:
    mine = {*one.content, *(concept for concept in one.poles if concept not in one.soft)}
    kinds = {"#" if name[:1] == "#" else name for name in _dimensions(one) & _dimensions(other)}
    implied = {word for name in kinds for word in DIMENSION_WORDS.get(name, ())}
    counted = {one.dimension[1:] for one in other.quantities if one.dimension.startswith("#")}
    return frozenset(mine - {*other.content, *other.poles} - implied - counted)


def _dimensions(clause: Clause) -> set[str]:
    clock = {"clock"} if clause.moments.clock else set()
    return clock | {one.dimension for one in clause.quantities}


def _shared(one: Clause, other: Clause) -> int:
    both = {*one.content, *one.poles} & {*other.content, *other.poles}
    return len(both - LIGHT)


def _shared_poles(one: Clause, other: Clause) -> set[str]:
    return set(one.poles) & set(other.poles)


def _opposite(one: Clause, other: Clause) -> bool:
    """Tell whether one affirms what the other denies, a word of the other pole being a denial."""
    sign = -1 if one.negated != other.negated else 1
    for concept in _shared_poles(one, other):
        sign *= one.poles[concept] * other.poles[concept]
    return sign < 0


def _swapped(one: Clause, other: Clause) -> bool:
    """Tell whether what one puts first the other puts last."""
    ahead, behind = one.earlier - other.earlier, one.later - other.later
    return bool(ahead & other.later) and bool(behind & other.earlier) and one.compares == other.compares


def _roles_differ(one: Clause, other: Clause) -> bool:
    """Tell whether the same words stand in other places: who does it, and to whom."""
    names = one.named & other.named
    if [word for word in one.content if word in names] != [word for word in other.content if word in names]:
        return not (one.earlier and other.earlier)
    if one.pays != other.pays:
        return False
    same = sorted(one.content) == sorted(other.content) and one.functions == other.functions
    return same and one.content != other.content and one.fronted == other.fronted and not one.earlier


def _other_amount(one: Clause, other: Clause) -> bool:
    """Tell whether both give an amount of one kind and share none."""
    pairs = [
        (a, b)
        for a in one.quantities
        for b in other.quantities
        if _comparable(a.dimension, b.dimension, one, other)
    ]
    kinds = {a.dimension for a, _ in pairs}
    return any(not any(a.meets(b) for a, b in pairs if a.dimension == kind) for kind in kinds)


def _comparable(mine: str, theirs: str, one: Clause, other: Clause) -> bool:
    """Tell whether two amounts are of one kind; a bare one may be of any where there is no other."""
    alone = len(one.quantities) == len(other.quantities) == 1
    return mine == theirs or (alone and _counts(mine) and _counts(theirs) and "" in {mine, theirs})


def _counts(dimension: str) -> bool:
    return dimension == "" or dimension.startswith("#")


def _same_amounts(one: Clause, other: Clause) -> bool:
    def held(mine: Clause, theirs: Clause) -> bool:
        return all(
            any(
                _comparable(a.dimension, b.dimension, mine, theirs) and a.equals(b) for b in theirs.quantities
            )
            for a in mine.quantities
        )

    return held(one, other) and held(other, one)


def _apart(left: frozenset[str], right: frozenset[str]) -> bool:
    return bool(left) and bool(right) and not left & right
