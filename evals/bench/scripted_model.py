"""Answer the roles of a run as a model of one manner does: good, sloppy, hostile or empty.

The replies are written from what the model is shown. Only the good and the sloppy one know which quotes a
careful reader takes; they point at them where they are shown, and say so where they are not.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from evals.answer_scores import plain
from evals.bench import hostile_sentences
from tools.lexicon.terms import terms

_NUMBERED = re.compile(r"^\[(\d{1,6})\] (.*)$", re.MULTILINE)
_QUESTION = re.compile(r"^Question: (.*)$", re.MULTILINE)
_LIKELY = 0.9
_SHORTEST = 12  # characters: a shorter sentence stands in too many quotes
_MOST_ADJACENT = 3
_ASTRAY = 5  # findings of a model that points anywhere
_IN_WORDS = 0.2
_REFUSALS = ("", "{}", "I'm sorry, but I can't help with that.", "null", "[]", "No.")
_THOUGHTS = (
    "<think>The user wants {}. Let me look.</think>Sure! Here is what you asked for:\n```json\n{}\n```"
)

Body = Mapping[str, Any]


class Manner(StrEnum):
    """Name how a model answers."""

    GOOD = "good"
    SLOPPY = "sloppy"
    HOSTILE = "hostile"
    EMPTY = "empty"
    NONE_FOUND = "nothing found"


@dataclass(slots=True, kw_only=True)
class ScriptedModel:
    """Answer in one manner; `quotes` are those that answer the question that is asked now.

    `invented` collects the sentences it wrote that no source says.
    """

    manner: Manner
    quotes: Sequence[str] = ()
    invented: set[str] = field(default_factory=set)

    def reply(self, body: Body) -> str:
        """Return the text of an answer to a request in Gemini's form."""
        user = _words(body.get("contents", ()))
        chance = random.Random(f"{self.manner} {user}")  # noqa: S311 - the same reply each time, no secret
        if self.manner is Manner.EMPTY:
            return chance.choice(_REFUSALS)
        role = _ROLES[_wanted(body)]
        told = role(self, user, chance)
        if self.manner is Manner.SLOPPY:
            return _THOUGHTS.format(_wanted(body), json.dumps(told).replace("}]", "},]"))
        return json.dumps(told)

    def lines(self, user: str, _: random.Random) -> dict[str, Any]:
        """Plan: look the question up as it is; the hostile one looks up something else as well."""
        asked = _asked(user)
        lines = [{"question": asked, "queries": [" ".join(terms(asked))]}]
        if self.manner is Manner.HOSTILE:
            lines.insert(0, {"question": hostile_sentences.ORDER, "queries": [hostile_sentences.LINK]})
        return {"lines": [] if self.manner is Manner.NONE_FOUND else lines}

    def findings(self, user: str, chance: random.Random) -> dict[str, Any]:
        """Read: point at the sentences of the quotes, at others, or at none."""
        shown = _numbered(user)
        if self.manner is Manner.NONE_FOUND:
            return {"findings": []}
        if self.manner is Manner.HOSTILE:
            return _astray(_asked(user), shown, chance)
        right = _right(shown, self.quotes)
        if self.manner is Manner.GOOD:
            return {"findings": [_finding(one, _LIKELY) for one in right], "nearest": _nearest(user, shown)}
        wrong = [[at] for at in chance.sample(sorted(shown), min(len(shown), max(1, len(right))))]
        mixed = [one for pair in zip(right, wrong, strict=False) for one in pair] or wrong
        return {"findings": [_finding(one, _LIKELY if right else 0.5) for one in [*mixed, [99_999]]]}

    def sentences(self, user: str, chance: random.Random) -> dict[str, Any]:
        """Write: the words of the claims; with slips; or what no claim says."""
        shown = _numbered(user)
        if self.manner is Manner.HOSTILE:
            told = hostile_sentences.lies(list(shown.values()), chance)
            self.invented |= set(told)
            return {
                "sentences": [{"text": one, "claims": [1], "number": at} for at, one in enumerate(told, 1)]
            }
        written = [
            {"text": text, "claims": [at], "number": at}
            for at, text in shown.items()
            if self.manner is not Manner.NONE_FOUND
        ]
        if self.manner is Manner.SLOPPY:
            for at, one in enumerate(written):
                one["text"] = f"**{one['text']}** [{one['number']}]"
                one["claims"] = [at + 2, 77] if at % 2 else [at + 1]
        return {"sentences": written}

    def judgements(self, user: str, _: random.Random) -> dict[str, Any]:
        """Judge: support all; the hostile one sets each against the next, and the empty-handed none."""
        label = {Manner.HOSTILE: "contradicted", Manner.NONE_FOUND: "unverified"}.get(
            self.manner, "supported"
        )
        return {
            "judgements": [
                {"claim": at, "label": label, "against": [at + 1] if label == "contradicted" else []}
                for at in _numbered(user)
            ]
        }


_ROLES: Mapping[str, Callable[[ScriptedModel, str, random.Random], dict[str, Any]]] = {
    "lines": ScriptedModel.lines,
    "findings": ScriptedModel.findings,
    "judgements": ScriptedModel.judgements,
    "sentences": ScriptedModel.sentences,
}


def _wanted(body: Body) -> str:
    """Return the first field of the shape that is asked for."""
    schema = body.get("generationConfig", {}).get("responseJsonSchema", {})
    return next(str(name) for name in schema["properties"] if name in _ROLES)


def _words(contents: Sequence[Body]) -> str:
    return "".join(part.get("text", "") for content in contents for part in content.get("parts", ()))


def _asked(user: str) -> str:
    found = _QUESTION.search(user)
    return found[1].strip() if found else ""


def _numbered(user: str) -> dict[int, str]:
    return {int(number): text for number, text in _NUMBERED.findall(user)}


def _finding(numbers: Sequence[int], relevance: float) -> dict[str, Any]:
    return {"sentences": list(numbers), "relevance": relevance}


def _right(shown: Mapping[int, str], quotes: Sequence[str]) -> list[list[int]]:
    """Return for each quote the numbers of the sentences that are of it, or the one that holds it whole."""
    said = {number: plain(text) for number, text in shown.items()}
    found = [
        [at for at, text in said.items() if len(text) >= _SHORTEST and (text in quote or quote in text)]
        for quote in map(plain, quotes)
    ]
    return [numbers[:_MOST_ADJACENT] for numbers in found if numbers]


def _nearest(user: str, shown: Mapping[int, str]) -> list[int]:
    asked = set(terms(_asked(user)))
    return sorted(shown, key=lambda at: -len(asked & set(terms(shown[at]))))[:1]


def _astray(question: str, shown: Mapping[int, str], chance: random.Random) -> dict[str, Any]:
    """Answer with words in place of numbers, with numbers that were not shown, or far from the question."""
    worst = [[at] for at in _farthest(question, shown)]
    unknown = [[len(shown) + at] for at in range(1, _ASTRAY)]
    told: list[dict[str, Any]] = [_finding(one, 1.0) for one in chance.choice((worst, worst, unknown))]
    if chance.random() < _IN_WORDS:
        told[0]["sentences"] = [hostile_sentences.ORDER]
    return {"findings": told, "note": hostile_sentences.LINK}


def _farthest(question: str, shown: Mapping[int, str]) -> list[int]:
    """Return the numbers of the sentences that share least with the question, long ones first."""
    asked = set(terms(question))
    return sorted(shown, key=lambda at: (len(asked & set(terms(shown[at]))), -len(shown[at])))[:_ASTRAY]
