"""May this person do this to the installation, or to that run? Without a rule that allows it, no."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

import cedarpy

from graph.records import Decision
from guards.policy.cedar import (
    ROLES,
    forbidding,
    line,
    policy_set,
    read_rules,
    read_schema,
    role_entities,
    uid,
)

MOST_REMEMBERED = 4096


class Action(StrEnum):
    """Name what people do: the first two with the installation, the others with a run."""

    RESEARCH = "research"
    OPERATE = "operate"
    READ_RUN = "read_run"
    DECIDE_RUN = "decide_run"
    STOP_RUN = "stop_run"


_OF_THE_INSTALLATION = frozenset({Action.RESEARCH, Action.OPERATE})
_WORDS = {
    Action.RESEARCH: "start research",
    Action.OPERATE: "see status, costs and approvals of everybody",
    Action.READ_RUN: "read this run",
    Action.DECIDE_RUN: "decide for this run",
    Action.STOP_RUN: "stop this run",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessQuestion:
    """Ask whether a person of that role may do that; `owner` is who asked for the run it is about.

    `person` and `owner` are ids of accounts, which are never reused; `name` is what the person is called.
    """

    person: str
    role: str
    action: Action
    owner: str = ""
    name: str = ""


class AccessRules:
    """Decide by Cedar policies what people may do: what no rule permits is denied, and a forbidding one wins.

    `texts` holds the policies by the name of their file. Raises Misconfigured, naming the file and the
    problem, for what cannot be read or `schema` does not know.
    """

    def __init__(self, texts: Mapping[str, str], schema: str) -> None:
        self._schema = read_schema(schema)
        self._rules = read_rules(texts, self._schema)
        self._policies = policy_set(self._rules)
        self._decided = lru_cache(MOST_REMEMBERED)(self._decide)

    def is_access_allowed(self, question: AccessQuestion) -> Decision:
        """Allow what a rule permits and none forbids; a denial says why on one line, and the way out."""
        return self._decided(question)

    def _decide(self, question: AccessQuestion) -> Decision:
        if question.role not in ROLES:
            return _denied(question, f"there is no role {question.role!r}")
        try:
            entities = cedarpy.Entities.from_json_str(json.dumps(_entities(question)), self._schema)
            result = cedarpy.is_authorized(_request(question), self._policies, entities, self._schema)
        except ValueError as error:
            return _denied(question, line(error))
        # Cedar skips a rule that fails, so a forbidding one would have no effect.
        if errors := result.diagnostics.errors:
            return _denied(question, line(errors[0]))
        rules = sorted(result.diagnostics.reasons)
        if result.allowed:
            return Decision(allowed=True, reason=f"allowed by {', '.join(rules)}")
        unruled = f"no rule lets the role {question.role} do it"
        return _denied(question, "; ".join(forbidding(self._rules, rule) for rule in rules) or unruled)


def _denied(question: AccessQuestion, why: str) -> Decision:
    return Decision(
        allowed=False, reason=line(f"you may not {_WORDS[question.action]}: {why}: ask an administrator")
    )


def _entities(question: AccessQuestion) -> list[dict[str, Any]]:
    person = {
        "uid": uid("Person", question.person),
        "attrs": {"name": question.name},
        "parents": [uid("Role", question.role)],
    }
    if question.action in _OF_THE_INSTALLATION:
        return [*role_entities(), person]
    owner = {"__entity": uid("Person", question.owner)}
    return [*role_entities(), person, {"uid": uid("Run", "asked"), "attrs": {"owner": owner}, "parents": []}]


def _request(question: AccessQuestion) -> dict[str, Any]:
    of_the_installation = question.action in _OF_THE_INSTALLATION
    return {
        "principal": uid("Person", question.person),
        "action": uid("Action", question.action),
        "resource": uid("Installation", "attest") if of_the_installation else uid("Run", "asked"),
        "context": {},
    }
