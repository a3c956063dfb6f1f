"""Read a sentence as what it says of what: its words, amounts, moments, poles and order."""

# ruff: noqa: E501, RUF001 - a pattern and a list read best on one line; typographic signs are meant

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from tools.lexicon.terms import is_stop
from tools.statements.dates_and_times import Moments, moments
from tools.statements.event_order import order
from tools.statements.numerals import numerals
from tools.statements.polarity import ALLOW, REQUIRE, hedges, negates, pole, quantifiers
from tools.statements.quantities import UNITS, Quantity, quantities
from tools.statements.sentence_agents import BE, PREPOSITIONS, agent_first, tail, value
from tools.statements.sentence_marks import unmarked
from tools.statements.statement_tokens import StatementToken, is_name
from tools.statements.statement_tokens import tokens as tokenised
from tools.statements.synonyms import fold, is_content

_OPEN = re.compile(
    r"\W*(?:it|its|this|that|these|those|they|their|he|she|his|her|both|such)\b", re.IGNORECASE
)
_ADDED = re.compile(
    r" ?; ?| [–—] |, (?:and|but|while|whereas|which|so|because|although|though) "
    r"| (?:because|although|whereas) | ?[()] ?"
)
_DESIGNATED = re.compile(
    rf"\b([^\W\d_][\w'’-]{{0,40}}) (\d{{1,9}}(?:\.\d{{1,9}}){{0,4}}[a-z]?)\b(?! ?(?:{UNITS})(?![^\W\d_]))",
    re.IGNORECASE,
)
_DESIGNATORS = frozenset(
    (  # noqa: SIM905 - a word list reads best as words
        "pier gate room section article rule chapter version model type class grade phase stage step figure table"
        " page volume part item floor platform track lane line route road highway bay berth dock unit block building"
        " number no level series release edition act scene zone district ward team group mark exit terminal hall"
        " channel node shard sector cell batch lot paragraph clause appendix annex formula equation question task"
        " note site plot row column seat flight train bus tram ship boat pump engine layer tier band tank well bridge"
    ).split()
)
_NEEDS = ((re.compile(r"\b(?:not|n['’]t) (?:have|need) to\b", re.IGNORECASE), "optional"),
          (re.compile(r"\bneed not\b", re.IGNORECASE), "optional"),
          (re.compile(r"\b(?:have|has|had) to\b", re.IGNORECASE), "must"),
          (re.compile(r"\bnot (?:all|every)\b", re.IGNORECASE), "few"),
          (re.compile(r"\bcan(?:not|['’]t)\b", re.IGNORECASE), "can not"),
          (re.compile(r"\bwithout exception\b", re.IGNORECASE), "always"))  # fmt: skip
_LONGEST = 1_000
_CONDITIONS = frozenset({"if", "unless", "when", "while", "once", "until", "except"})
_ARTICLES = frozenset({"a", "an", "the", "its", "his", "her", "their", "our", "your", "my"})
_PAST = frozenset({"was", "were", "had", "did"})
_PRESENT = frozenset({"is", "are", "has", "have", "does", "do"})
_BEFORE_NOUN = frozenset(
    (  # noqa: SIM905 - a word list reads best as words
        "a an the this that these those its his her their our your my of in on at by for with from to into under over"
        " near each every some any no all both"
    ).split()
)
_PAY = frozenset({"pay", "pays", "paid", "paying"})
_PLACES = frozenset({"by", "in", "at", "near"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """Hold what one clause says.

    `content` holds its folded words in order, agent first; `named` those that tell one thing from others of its kind
    (a name, "gate 4"), `joined` those that stand beside another word of content.
    `poles` gives 1 or -1 for each concept of opposites; those that came of "can" alone are `soft`. `agent` is the
    name of who does it. `tail` holds the words after the last `link` (by, in, at, near), up to the verb. Who `pays`
    is named first where a price comes last.
    """

    content: tuple[str, ...]
    named: frozenset[str]
    joined: frozenset[str]
    poles: dict[str, int]
    soft: frozenset[str]
    negated: bool
    hedges: frozenset[str]
    quantifiers: frozenset[str]
    tense: str
    moments: Moments
    quantities: tuple[Quantity, ...]
    rates: frozenset[str]
    earlier: frozenset[str]
    later: frozenset[str]
    compares: bool
    functions: tuple[str, ...]
    fronted: bool
    conditional: bool
    value: frozenset[str]
    agent: frozenset[str]
    tail: frozenset[str]
    link: str
    pays: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Hold the clauses of a sentence and all its folded words; who reads an `open` one must know of what it speaks.

    One that `asks` says nothing.
    """

    clauses: tuple[Clause, ...]
    topic: frozenset[str]
    open: bool
    asks: bool


@lru_cache(maxsize=1 << 11)
def statement(text: str) -> Statement:
    """Read a sentence, of at most 1,000 characters."""
    text = text[:_LONGEST]
    parts = [part for part in _ADDED.split(unmarked(" ".join(text.split()))) if part.strip()]
    clauses = tuple(_clause(part) for part in parts)
    return Statement(
        clauses=clauses,
        topic=frozenset(word for clause in clauses for word in (*clause.content, *clause.poles)),
        open=bool(_OPEN.match(text)),
        asks=text.rstrip("\"'”’)]* ").endswith("?"),
    )


def _clause(text: str) -> Clause:
    designated, text = _designated(numerals(_modal(text)))
    when, text = moments(text)
    amounts, rates, text = quantities(text)
    tokens = tokenised(text)
    words = [token.lower for token in tokens]
    poles, soft, used = _poles(tokens)
    negations = sum(map(negates, words))
    if negations % 2 and "must" in words:  # what must not be is forbidden
        poles, negations = {**{c: s for c, s in poles.items() if c != REQUIRE}, ALLOW: -1}, 0
    content = agent_first(tokens, [at for at, token in enumerate(tokens) if token.content and at not in used])
    found = order(text)
    last = max((at for at, word in enumerate(words) if word in _PLACES), default=len(words))
    return Clause(
        content=(*(tokens[at].folded for at in content), *designated),
        named=frozenset({*designated, *(tokens[at].folded for at in content if is_name(tokens, at))}),
        joined=frozenset(tokens[at].folded for at in content if _is_joined(tokens, at)),
        poles=poles,
        soft=soft,
        negated=bool(negations % 2),
        hedges=hedges(words),
        quantifiers=_quantified(words, amounts),
        tense=_tense(words),
        moments=when,
        quantities=amounts,
        rates=rates,
        earlier=_folded(found.earlier if found else ""),
        later=_folded(found.later if found else ""),
        compares=bool(found and found.compares),
        functions=tuple(sorted(w for w in words if is_stop(w) and w not in {"a", "an", "the"})),
        fronted=bool(words) and words[0] in PREPOSITIONS,
        conditional=bool(_CONDITIONS & set(words)),
        value=value(tokens, words),
        agent=_leading(tokens, content),
        tail=tail(tokens, last),
        link=words[last] if last < len(words) else "",
        pays=bool(_PAY & set(words)),
    )


def _modal(text: str) -> str:
    """Write each way to need, not to need and to be unable as one word."""
    for pattern, word in _NEEDS:
        text = pattern.sub(word, text)
    return " ".join(text.split())


def _leading(tokens: Sequence[StatementToken], content: Sequence[int]) -> frozenset[str]:
    """Return the words in capitals that come first: who does it."""
    return frozenset(tokens[at].folded for at in takewhile(lambda at: tokens[at].text[0].isupper(), content))


def _folded(text: str) -> frozenset[str]:
    return frozenset(token.folded for token in tokenised(text) if token.content)


def _designated(text: str) -> tuple[list[str], str]:
    """Return what a number names ("gate 4", "Version 2"), and the text without it."""
    found: list[str] = []

    def named(match: re.Match[str]) -> str:
        noun = match[1]
        if noun.lower() in _DESIGNATORS or (noun[0].isupper() and _may_be_named(match)):
            found.append(f"{fold(noun)} {match[2]}")
            return " "
        return match[0]

    return found, " ".join(_DESIGNATED.sub(named, text).split())


def _may_be_named(match: re.Match[str]) -> bool:
    return (is_content(match[1]) and match.start() > 0) or match[1].isupper()


def _poles(tokens: Sequence[StatementToken]) -> tuple[dict[str, int], frozenset[str], frozenset[int]]:
    """Return the side of each concept, those of "can" alone, and the places of the words that say it."""
    sides: dict[str, set[int]] = {}
    said: dict[str, set[str]] = {}
    used = set()
    for at, token in enumerate(tokens):
        known = pole(token.lower)
        if known and not _is_attribute(tokens, at):
            sides.setdefault(known[0], set()).add(known[1])
            said.setdefault(known[0], set()).add(token.lower)
            used.add(at)
    soft = frozenset(concept for concept, words in said.items() if words <= {"can", "could"})
    return {c: next(iter(s)) for c, s in sides.items() if len(s) == 1}, soft, frozenset(used)


def _is_attribute(tokens: Sequence[StatementToken], at: int) -> bool:
    """Tell "the old bridge" and "the old", which say of what, from "is old", which says what."""
    before = tokens[at - 1].lower if at else ""
    if before in _ARTICLES:
        return True
    behind = at + 1 < len(tokens) and tokens[at + 1].content and pole(tokens[at + 1].lower) is None
    return behind and (before in _BEFORE_NOUN or (not at and not tokens[at].lower.endswith(("s", "ed"))))


def _is_joined(tokens: Sequence[StatementToken], at: int) -> bool:
    """Tell whether a word is part of a name of several words, which changes of what is spoken."""
    behind = tokens[at + 1] if at + 1 < len(tokens) else None
    before = tokens[at - 1] if at else None
    if behind and behind.content and not is_name(tokens, at + 1):
        return True
    return bool(
        before
        and before.content
        and behind
        and behind.lower in BE | {"has", "have", "had", "may", "can", "must"}
    )


def _quantified(words: Sequence[str], amounts: Sequence[Quantity]) -> frozenset[str]:
    counted = any(one.dimension == "" or one.dimension.startswith("#") for one in amounts)
    return quantifiers(words) | ({"few"} if "only" in words and counted else set())


def _tense(words: Sequence[str]) -> str:
    past, present = bool(_PAST & set(words)) or "used" in words, bool(_PRESENT & set(words))
    return "" if past == present else "past" if past else "present"
