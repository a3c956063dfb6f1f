"""How far may this source be trusted, judged by its address and what it says of itself?

Each signal is a number with its reason, and the score is their sum, so a reader can check it. A source of a
known kind of publisher starts with the number of that kind. Any other starts with `_PLAIN`, and the form of
its name moves it. Nothing is looked up, and no publisher is rated by itself.

A fitted number is the distance, in hundredths, between the mean rating of the news sites that show a signal
and the mean of those that show none (`_PLAIN`), on one half of the 11,520 sites of Lin et al. 2023; `python
-m evals credibility` prints both means for the other half. The other numbers are judgement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graph.rating import Rating
from graph.records import Source
from guards.claims.publishers import kind_of
from guards.outside_text import is_public
from guards.urls.public_name import inside
from guards.urls.url_host import Host, Unreadable, read

OWN = "not from the web: whoever gave it knows what it is worth"
MADE = "made by a tool of this run: what it was made from counts"
NAMELESS = "its address names no public host"
UNKNOWN = "nothing is known of who publishes at this address"

_TOOLS = ("python:", "mcp:", "model:")

_PLAIN = 53
"""Fitted: the mean of sites of no known kind and without any signal of their name."""
_AUTHOR = 3
_DATE = 2
"""Judgement, and small: anyone can write a name and a date on a page."""
_PERSONAL = -20
"""Judgement: the page of one member, for whom the university does not vouch."""

_COUNTRY = 2
"""How many letters the ending of a country has, and no other."""
_SHORT = 5
_SHORTISH = 7
_OPEN = frozenset(
    {
        "news", "site", "online", "pro", "xyz", "info", "biz", "press", "link", "club", "top", "live",
        "life", "space", "website", "world", "today", "buzz", "one", "pub", "blog",
    }
)  # fmt: skip
# Countries that sell their ending worldwide for what it looks like.
_SOLD = frozenset({"co", "me", "tv", "io", "us", "cc", "ws", "is", "fm", "ly", "to", "ai", "gg"})
# Between a name and its country: `example.co.uk` is the name `example`.
_SECOND = frozenset(
    {
        "co", "com", "org", "net", "or", "ne", "gov", "edu", "ac", "asn", "ltd", "plc", "nom", "in", "id",
    }
)  # fmt: skip
_NEWSPAPER = re.compile(
    "herald|tribune|gazette|courier|chronicle|observer|journal|sentinel|bulletin|register|dispatch"
)
_HOME = re.compile(r"/~[^/]")
_PATH = re.compile(r"https?://[^/?#]*([^?#]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """Hold what speaks for or against a source, and how much it counts."""

    points: int
    words: str

    def __str__(self) -> str:
        """Say both."""
        return f"{self.words} ({self.points:+d})"


def rate(source: Source) -> Rating:
    """Rate a source by its address, author and date; None where the publisher cannot be told."""
    if not is_public(source.location):
        return Rating(source=source.id, reasons=(MADE if is_made(source.location) else OWN,))
    try:
        host = read(source.location)
    except Unreadable:
        return Rating(source=source.id, reasons=(NAMELESS,))
    if host.address is not None or inside(host.name):
        return Rating(source=source.id, reasons=(NAMELESS,))
    return _rated(source, tuple(_publisher(host, _path(source.location))))


def is_made(location: str) -> bool:
    """Tell whether a tool of the run made a source, by its location."""
    return location.startswith(_TOOLS)


def _rated(source: Source, publisher: tuple[Signal, ...]) -> Rating:
    if not publisher:
        return Rating(source=source.id, reasons=(UNKNOWN,))
    signals = (*publisher, *_own_words(source))
    score = sum(signal.points for signal in signals)
    reasons = tuple(map(str, signals))
    return Rating(source=source.id, score=min(100, max(0, score)), reasons=reasons)


def _publisher(host: Host, path: str) -> Iterator[Signal]:
    known = kind_of(host.name, path)
    if known is None:
        signals = tuple(_name(host.name))
        if signals:
            yield Signal(points=_PLAIN, words="a publisher of no known kind")
            yield from signals
        return
    kind, ending = known
    yield Signal(points=kind.score, words=f"{kind.words}, {ending}" if ending else kind.words)
    if _HOME.match(path):
        yield Signal(points=_PERSONAL, words="the page of one person there")


def _name(host: str) -> Iterator[Signal]:
    """Yield what the form of a name tells; all of it is fitted."""
    ending = host.rpartition(".")[2]
    yield from _ending(ending)
    name = _registered(host)
    if name.startswith("xn--"):
        return
    if len(name) <= _SHORT:
        yield Signal(points=10, words=f"a name of {_SHORT} letters or fewer, hard to come by")
    elif len(name) <= _SHORTISH:
        yield Signal(points=4, words=f"a name of {_SHORTISH} letters or fewer, hard to come by")
    if _NEWSPAPER.search(name):
        yield Signal(points=10, words="named as newspapers are")
    if any(character.isdigit() for character in name):
        yield Signal(points=-4, words="a digit in its name")


def _ending(ending: str) -> Iterator[Signal]:
    """Yield what the last part of a host tells: who may hold an address with it."""
    if ending in _OPEN:
        yield Signal(points=-17, words=f"an ending that is new, cheap and open to all, .{ending}")
    elif ending in _SOLD:
        yield Signal(points=-7, words=f"the ending of a country sold to all the world, .{ending}")
    elif len(ending) == _COUNTRY:
        yield Signal(points=6, words=f"the ending of a country, .{ending}")
    elif ending == "org":
        yield Signal(points=7, words="an ending meant for organisations, .org")
    elif ending == "net":
        yield Signal(points=-4, words="an ending meant for networks, .net")


def _registered(host: str) -> str:
    """Return the part of a host that somebody registered, without what it ends in."""
    labels = host.split(".")
    name, second, ending = ("", *labels)[-3:]
    return name if name and second in _SECOND and len(ending) == _COUNTRY else second


def _own_words(source: Source) -> Iterator[Signal]:
    """Yield whether a source says who wrote it and when."""
    named = source.author is not None and len(source.author) > 0
    yield Signal(
        points=_AUTHOR if named else -_AUTHOR, words="names its author" if named else "names no author"
    )
    dated = source.published is not None
    yield Signal(points=_DATE if dated else -_DATE, words="says its date" if dated else "no date")


def _path(address: str) -> str:
    found = _PATH.match(address)
    return found[1] if found else ""
