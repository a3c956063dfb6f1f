"""May this call be made? Without a rule that allows it, no."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import cedarpy

from graph.options import Role
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

_REMEDIES: tuple[tuple[dict[str, Any], str], ...] = (
    ({"approved": True}, "a person must approve it"),
    ({"tainted": False}, "a person must write its arguments"),
    ({"tainted": False, "approved": True}, "a person must write its arguments and approve it"),
    ({"role": Role.ANALYST}, "ask as an analyst"),
    ({"role": Role.ADMIN}, "ask as an admin"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallQuestion:
    """Ask whether a run of that role may call that tool; `cost` in micro-dollars.

    `approved` says that a person released this very call, `tainted` that an argument was taken out of a
    source, `private` that one holds words of the person's own documents.
    """

    role: str
    tool: str
    group: str
    effects: str = "read"
    trust: str = "open"
    approved: bool = False
    tainted: bool = False
    private: bool = False
    cost: int = 0
    mode: str = "standard"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Verdict:
    """Hold what Cedar said: the rules that decided, or the problem for which nothing could be decided."""

    allowed: bool = False
    rules: tuple[str, ...] = ()
    problem: str = ""


class Policies:
    """Decide by Cedar policies: what no rule permits is denied, and a rule that forbids wins.

    `texts` holds the policies by the name of their file; a rule cannot take the @id of one before it. Raises
    Misconfigured, naming the file and the problem, for what cannot be read or `schema` does not know.
    """

    def __init__(self, texts: Mapping[str, str], schema: str) -> None:
        self._schema = read_schema(schema)
        self._rules = read_rules(texts, self._schema)
        self._policies = policy_set(self._rules)
        self._roles = cedarpy.Entities.from_json_str(json.dumps(role_entities()), self._schema)
        self._decided = lru_cache(MOST_REMEMBERED)(self._decide)

    def is_call_allowed(self, question: CallQuestion) -> Decision:
        """Allow what a rule permits and none forbids; a denial says why on one line, and the way out."""
        return self._decided(question)

    def _decide(self, question: CallQuestion) -> Decision:
        verdict = self._ask(question)
        if verdict.allowed:
            return Decision(allowed=True, reason=f"allowed by {', '.join(verdict.rules)}")
        if verdict.problem:
            problem = f"the policies cannot judge {question.tool!r}: {verdict.problem}: leave it out"
            return Decision(allowed=False, reason=problem)
        return Decision(allowed=False, reason=self._denial(question, verdict))

    def _ask(self, question: CallQuestion) -> _Verdict:
        if question.role not in ROLES:
            return _Verdict(problem=f"there is no role {question.role!r}")
        try:
            entities = self._roles.with_added_json_str(json.dumps([_tool(question)]), self._schema)
            result = cedarpy.is_authorized(_request(question), self._policies, entities, self._schema)
        except ValueError as error:
            return _Verdict(problem=line(error))
        # Cedar skips a rule that fails, for example by overflow: a forbidding one would have no effect.
        if errors := result.diagnostics.errors:
            return _Verdict(problem=line(errors[0]))
        return _Verdict(allowed=result.allowed, rules=tuple(sorted(result.diagnostics.reasons)))

    def _denial(self, question: CallQuestion, verdict: _Verdict) -> str:
        """Say why the call is denied, and find what would allow it by asking again under other conditions."""
        unruled = f"no rule lets the role {question.role} {question.effects} with it"
        why = "; ".join(forbidding(self._rules, rule) for rule in verdict.rules) or unruled
        for otherwise, advice in _REMEDIES:
            if self._ask(replace(question, **otherwise)).allowed:
                return line(f"{question.tool} ({question.group}): {why}: {advice}")
        # With every flag set to allow, a denial without a rule means that no rule permits.
        best = self._ask(replace(question, approved=True, tainted=False, private=False))
        why, advice = (why, "leave it out") if best.rules else (unruled, "add a policy to ATTEST_POLICIES")
        return line(f"{question.tool} ({question.group}): {why}: {advice}")


def _tool(question: CallQuestion) -> dict[str, Any]:
    return {
        "uid": uid("Tool", question.tool),
        "attrs": {"trust": question.trust},
        "parents": [uid("Group", question.group)],
    }


def _request(question: CallQuestion) -> dict[str, Any]:
    return {
        "principal": uid("Role", question.role),
        "action": uid("Action", question.effects),
        "resource": uid("Tool", question.tool),
        "context": {
            "approved": question.approved,
            "tainted": question.tainted,
            "private": question.private,
            "cost": question.cost,
            "mode": question.mode,
        },
    }
