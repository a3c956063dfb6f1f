"""Change a quote so that it says something else: the kinds that were written before the guard."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence

Change = Callable[[str, random.Random], str | None]
"""Return a quote that says something else, or None where this kind finds nothing to change."""

_PAIRS = (  # noqa: SIM905 - a word list reads best as words
    "safe/dangerous safer/riskier open/closed opened/shut opens/shuts rose/fell rise/fall rises/falls"
    " increase/decrease increases/decreases increased/decreased increasing/decreasing high/low higher/lower"
    " highest/lowest large/small larger/smaller largest/smallest big/little bigger/smaller long/short"
    " longer/shorter longest/shortest old/young older/younger new/old early/late earlier/later best/worst"
    " better/worse good/bad strong/weak stronger/weaker fast/slow faster/slower public/private true/false"
    " enable/disable enables/disables enabled/disabled allow/forbid allows/forbids allowed/forbidden"
    " accept/reject accepts/rejects accepted/rejected add/remove adds/removes added/removed include/exclude"
    " includes/excludes included/excluded including/excluding start/stop starts/stops started/stopped"
    " begin/end begins/ends began/ended win/lose wins/loses won/lost buy/sell bought/sold arrive/depart"
    " arrived/departed success/failure successful/unsuccessful succeeds/fails possible/impossible"
    " required/optional minimum/maximum internal/external valid/invalid available/unavailable same/different"
    " similar/different common/rare many/few more/less more/fewer most/least always/never all/none"
    " first/last left/right north/south northern/southern east/west eastern/western male/female man/woman"
    " men/women brother/sister father/mother son/daughter husband/wife born/buried friend/enemy"
    " teacher/pupil love/hate loved/hated praised/criticised praise/criticism supported/opposed"
    " support/opposition positive/negative active/passive read/write client/server local/remote"
    " primary/secondary permanent/temporary manual/automatic automatically/manually secure/insecure"
    " security/insecurity easy/hard full/empty complete/incomplete correct/wrong known/unknown"
    " appear/disappear appeared/disappeared join/leave joined/left joins/leaves created/destroyed"
    " create/destroy built/demolished released/withheld sent/received send/receive gain/loss"
    " launched/cancelled announced/denied returned/departed hot/cold day/night light/dark war/peace"
).split()
_MONTHS = (  # noqa: SIM905 - a word list reads best as words
    "January February March April May June July August September October November December"
).split()
_UNITS = (  # noqa: SIM905 - a word list reads best as words
    "seconds/minutes minutes/hours hours/days days/weeks weeks/months months/years years/decades"
    " second/minute minute/hour day/week week/month month/year year/decade ms/s KB/MB MB/GB MiB/GiB GiB/TiB"
    " dollars/euros euros/dollars percent/points metres/kilometres miles/kilometres million/billion"
    " billion/trillion thousand/million feet/metres pounds/tons bytes/bits"
).split()
_STRANGERS = ("Velmark", "Orlind", "Tarquay", "Brissa", "Quennel")
_AUXILIARY = re.compile(
    r"\b(is|are|was|were|can|could|will|would|should|must|may|might|shall|does|do|did|has|have|had)\b"
)
_NEGATIVE = re.compile(r"\s?\b(?:not|never|no)\b|n[’']t\b", re.IGNORECASE)  # noqa: RUF001 - typographic
_NUMBER = re.compile(r"\d+")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}\b")
_CLAUSES = (
    "and doubles the insurance premium",
    "which ruined several nearby farms",
    "because the treasurer forgot to pay",
    "according to a leaked memorandum",
    "but causes severe headaches",
    "and was secretly financed by gamblers",
    "despite violent protests by fishermen",
    "after the orchestra resigned in anger",
)


def opposite(quote: str, chance: random.Random) -> str | None:
    """Put a word's opposite in its place."""
    return _exchange(quote, _both_ways(_PAIRS), chance)


def negation(quote: str, chance: random.Random) -> str | None:
    """Take a negation out, or put one in where there is none."""
    del chance
    if _NEGATIVE.search(quote):
        return _NEGATIVE.sub("", quote, count=1)
    if found := _AUXILIARY.search(quote):
        return f"{quote[: found.end()]} not{quote[found.end() :]}"
    return f"It is not true that {quote}"


def fact(quote: str, chance: random.Random) -> str | None:
    """Change a number, a unit, a month or a name."""
    ways: list[Change] = [_number, _unit, _month, _name]
    chance.shuffle(ways)
    return next((changed for way in ways if (changed := way(quote, chance))), None)


def clause(quote: str, chance: random.Random) -> str | None:
    """Put a clause of new content at the end, or after a comma."""
    new = chance.choice(_CLAUSES)
    places = [at for at, sign in enumerate(quote) if sign == "," and quote[at + 1 : at + 2] == " "]
    if places and chance.random() < 0.5:  # noqa: PLR2004 - a fair coin
        at = chance.choice(places)
        return f"{quote[:at]}, {new}{quote[at:]}"
    body = quote.rstrip(" .!?\n")
    return f"{body}, {new}{quote[len(body) :]}"


BEFORE: Mapping[str, Change] = {
    "opposite word": opposite,
    "negation removed or added": negation,
    "number, unit, date or name": fact,
    "clause of new content": clause,
}


def _number(quote: str, chance: random.Random) -> str | None:
    found = list(_NUMBER.finditer(quote))
    if not found:
        return None
    one = chance.choice(found)
    other = str(int(one[0]) + chance.choice((1, 2, 7, 10, 100)))
    return quote[: one.start()] + other + quote[one.end() :]


def _unit(quote: str, chance: random.Random) -> str | None:
    return _exchange(quote, dict(pair.split("/") for pair in _UNITS), chance)


def _month(quote: str, chance: random.Random) -> str | None:
    return _exchange(quote, dict(zip(_MONTHS, [*_MONTHS[5:], *_MONTHS[:5]], strict=True)), chance, cased=True)


def _name(quote: str, chance: random.Random) -> str | None:
    found = list(_NAME.finditer(quote))
    if not found:
        return None
    one = chance.choice(found)
    return quote[: one.start()] + chance.choice(_STRANGERS) + quote[one.end() :]


def _both_ways(pairs: Sequence[str]) -> dict[str, str]:
    split = [pair.split("/") for pair in pairs]
    return {**{right: left for left, right in split}, **dict(split)}


def _exchange(
    quote: str, table: Mapping[str, str], chance: random.Random, *, cased: bool = False
) -> str | None:
    """Replace one word that the table knows by the other it names there."""
    known = [
        word for word in re.finditer(r"[^\W\d_]+", quote) if (word[0] if cased else word[0].lower()) in table
    ]
    if not known:
        return None
    one = chance.choice(known)
    other = table[one[0] if cased else one[0].lower()]
    if not cased and one[0][0].isupper():
        other = other[0].upper() + other[1:]
    return quote[: one.start()] + other + quote[one.end() :]
