"""Estimate what the models of a plan will cost, before any of them is asked."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from pydantic import BaseModel

from graph.records import Branch, Plan, Run
from graph.state import roots
from graph.tool import ToolSpec
from guards.plan_fitting import Forecast
from tools.models.chat.model_arguments import ModelArguments
from tools.models.evidence_packing import LONGEST, tokens_of
from tools.models.extractive.planner import ExtractivePlanner
from tools.models.job_size import JobSize, in_order
from tools.models.prompted_role import ModelRole
from tools.models.prompts import prompt
from tools.models.roles import claim_listing, judge, planner, reader, rewording, writer
from tools.models.roles.numbered_sentences import MOST_ADJACENT
from tools.models.roles.simple_questions import is_planned_alone, is_simple

PASSAGE = 1_000
"""Characters of a usual passage."""
MOST_READ = 48
"""The most passages that are read for a part of the question; `nodes.gather` keeps no more."""

_BYTES_A_TOKEN = 3  # of the counts of `evidence_packing`, which are from above
_FRAME = 200  # bytes around a question and what is shown: numbers, a fence, the sources of a run
_CLAIM = (LONGEST * MOST_ADJACENT + 200) * 2  # in bytes: most letters beyond ASCII have two
_USUAL_CLAIM = 250
_USUAL = 4  # bytes a token in usual text; also how many times an answer is shorter than it may be


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ask:
    """Describe one expected call: the most and the usual bytes shown to it; a `rare` one corrects another."""

    role: ModelRole
    shape: type[BaseModel]
    most: int
    usual: int
    tokens: int = 2_048
    claims: int = 0
    parts: int = 1
    prompt: str = ""
    rare: bool = False


class ModelForecast:
    """Price the calls that roles will make for a plan, each once.

    The worst case is the sum of what the ledger reserves for each call, by the dearest tier of its role, with
    all the evidence that is shown at once, and with the one request to reword. A second attempt and a failing
    tier that was paid come on top: only the cap bounds them.
    """

    def __init__(self, tiers: Mapping[ModelRole, Sequence[str]], specs: Sequence[ToolSpec]) -> None:
        known = {spec.name: spec for spec in specs}
        self._engine = ExtractivePlanner(specs)
        self._tiers = {role: [known[n] for n in names if n in known] for role, names in tiers.items()}

    def __call__(self, run: Run, plan: Plan) -> Forecast:
        """Return what reading, checking and writing will cost, and what planning did at most."""
        if not any(self._tiers.values()):
            return Forecast()
        asks = Counter(_asks(run, plan))  # the parts of a question mostly ask alike, and a price takes 1 ms
        return Forecast(
            expected=sum(number * self._expected(ask) for ask, number in asks.items()),
            worst=sum(number * self._worst(ask) for ask, number in asks.items()),
            planning=self._planning(run),
        )

    def _planning(self, run: Run) -> int:
        alone = is_planned_alone(run, self._engine.language(run.options))
        return 0 if alone else self._worst(_planning(run))

    def _worst(self, ask: _Ask) -> int:
        sent = _sent(ask, ask.most, 1)
        return max((_price(spec, sent) for spec in self._tiers.get(ask.role, ())), default=0)

    def _expected(self, ask: _Ask) -> int:
        """Price a usual call by the tier that one of its size asks first; a rare one is not usual."""
        if ask.rare:
            return 0
        specs = in_order(ask.role, _size(ask), self._tiers.get(ask.role, []))
        return sum(_price(spec, _sent(ask, ask.usual, _USUAL)) for spec in specs[:1])


def _asks(run: Run, plan: Plan) -> list[_Ask]:
    """Foresee a reading and a check for each part of the question, one answer, and one request to reword."""
    parts, most = roots(plan), run.options.depth.claims
    asks = [_reading(part) for part in parts]
    if not is_simple(run):
        asks += [_over_claims(ModelRole.JUDGE, judge.Judgements, most, _words(part)) for part in parts]
    if parts:
        words = len(run.question.encode()) + sum(map(_words, parts))
        writing = _over_claims(ModelRole.WRITER, writer.Answer, most * len(parts), words)
        asks.append(replace(writing, tokens=4_096, parts=len(parts)))
        asks.append(_rewording())
    return asks


def _rewording() -> _Ask:
    """Foresee that as many sentences are given back, with the words of their claims, as may be at once."""
    most = _FRAME + rewording.BUDGET * _BYTES_A_TOKEN
    return _Ask(
        role=ModelRole.WRITER,
        shape=rewording.Rewordings,
        most=most,
        usual=most,
        prompt=rewording.PROMPT,
        rare=True,
    )


def _planning(run: Run) -> _Ask:
    shown = _FRAME + len(run.question.encode())
    return _Ask(role=ModelRole.PLANNER, shape=planner.Lines, most=shown, usual=shown)


def _reading(part: Branch) -> _Ask:
    limits = [task.arguments["limit"].value for task in part.tasks if "limit" in task.arguments]
    passages = sum(limit for limit in limits if isinstance(limit, int) and limit > 0)
    most = reader.BUDGET * _BYTES_A_TOKEN
    usual = min(most, min(MOST_READ, passages or MOST_READ) * PASSAGE)
    return _Ask(
        role=ModelRole.READER,
        shape=reader.Findings,
        most=_words(part) + most,
        usual=_words(part) + usual,
    )


def _over_claims(role: ModelRole, shape: type[BaseModel], claims: int, words: int) -> _Ask:
    most = claim_listing.BUDGET * _BYTES_A_TOKEN
    return _Ask(
        role=role,
        shape=shape,
        most=words + _FRAME + min(most, claims * _CLAIM),
        usual=words + _FRAME + min(most, claims * _USUAL_CLAIM),
        claims=claims,
    )


def _words(part: Branch) -> int:
    """Count the bytes of a part's question as a prompt has it."""
    return _FRAME + len(str(part.question.value).encode())


def _size(ask: _Ask) -> JobSize:
    tokens = tokens_of(prompt(ask.role).text) + ask.usual // _BYTES_A_TOKEN
    return JobSize(tokens=tokens, claims=ask.claims, parts=ask.parts)


def _sent(ask: _Ask, shown: int, parts: int) -> ModelArguments:
    """Make what would be sent, a `parts`-th of it: the ledger counts each byte as a token."""
    told, schema = prompt(ask.prompt or ask.role), _schema(ask.shape)
    sent = {
        "role": ask.role,
        "prompt": told.tag,
        "system": "x" * (len(told.text.encode()) // parts),
        "user": "x" * max(1, shown // parts),
        "schema_json": "x" * (len(schema) // parts),
        "most_tokens": ask.tokens // parts,
    }
    return ModelArguments.model_validate(sent)


@cache
def _schema(shape: type[BaseModel]) -> str:
    return json.dumps(shape.model_json_schema())


def _price(spec: ToolSpec, sent: ModelArguments) -> int:
    return spec.worst(sent) if spec.worst else spec.price
