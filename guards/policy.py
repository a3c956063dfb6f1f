"""May this call be made? No rule that allows it means no."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import cedarpy
from cedarpy import pst

from graph.errors import Misconfigured
from graph.options import Role
from graph.records import Decision

MOST_REMEMBERED = 4096

_ROLES: frozenset[str] = frozenset(Role)

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
        self._schema = _schema(schema)
        self._rules = _rules(texts, self._schema)
        self._policies = cedarpy.PolicySet.from_pst(
            pst.PolicySet(templates={}, static_policies=self._rules, template_links=())
        )
        self._roles = cedarpy.Entities.from_json_str(json.dumps(_roles()), self._schema)
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
        if question.role not in _ROLES:
            return _Verdict(problem=f"there is no role {question.role!r}")
        try:
            entities = self._roles.with_added_json_str(json.dumps([_tool(question)]), self._schema)
            result = cedarpy.is_authorized(_request(question), self._policies, entities, self._schema)
        except ValueError as error:
            return _Verdict(problem=_line(error))
        # Cedar skips a rule that fails, as a sum that overflows does: one that forbids would be lost.
        if errors := result.diagnostics.errors:
            return _Verdict(problem=_line(errors[0]))
        return _Verdict(allowed=result.allowed, rules=tuple(sorted(result.diagnostics.reasons)))

    def _denial(self, question: CallQuestion, verdict: _Verdict) -> str:
        """Say why, and find the way out by asking again as if things were otherwise."""
        unruled = f"no rule lets the role {question.role} {question.effects} with it"
        why = "; ".join(map(self._forbidding, verdict.rules)) or unruled
        for otherwise, advice in _REMEDIES:
            if self._ask(replace(question, **otherwise)).allowed:
                return _line(f"{question.tool} ({question.group}): {why}: {advice}")
        # With every flag at its best, a denial without a rule is one for want of a rule.
        best = self._ask(replace(question, approved=True, tainted=False, private=False))
        why, advice = (why, "leave it out") if best.rules else (unruled, "add a policy to ATTEST_POLICIES")
        return _line(f"{question.tool} ({question.group}): {why}: {advice}")

    def _forbidding(self, rule: str) -> str:
        reason = self._rules[rule].annotations.get("reason", "")
        return f"{reason} (rule {rule})" if reason else f"the rule {rule} forbids it"


def _schema(text: str) -> cedarpy.Schema:
    try:
        return cedarpy.Schema.from_str(text)
    except ValueError as error:
        raise Misconfigured(f"the schema of the policies: {_line(error)}: mend it") from None


def _rules(texts: Mapping[str, str], schema: cedarpy.Schema) -> dict[str, pst.Template]:
    rules: dict[str, pst.Template] = {}
    for file, text in texts.items():
        for rule in _read(file, text, schema):
            if rule.id in rules:
                raise Misconfigured(f"policy {file}: a rule {rule.id!r} is there already: write another @id")
            rules[rule.id] = rule
    return rules


def _read(file: str, text: str, schema: cedarpy.Schema) -> Iterator[pst.Template]:
    """Yield the rules of a file, each named by its @id, or by the file and its place there."""
    try:
        checked = cedarpy.validate_policies(text, schema)
        if not checked.validation_passed:
            raise Misconfigured(f"policy {file}: {_first(checked)}: mend it")
        policies = cedarpy.policies_to_pst(text)
    except ValueError as error:
        raise Misconfigured(f"policy {file}: {_line(error)}: mend it") from None
    if policies.templates:
        raise Misconfigured(
            f"policy {file}: a template permits nothing here: name its principal and resource"
        )
    if lost := _roles_of(policies) - _ROLES:
        raise Misconfigured(f"policy {file}: there is no role {min(lost)!r}: write one of {', '.join(Role)}")
    for place, rule in enumerate(policies.static_policies.values(), start=1):
        yield replace(rule, id=rule.annotations.get("id") or f"{file} #{place}")


def _roles_of(policies: pst.PolicySet) -> frozenset[str]:
    return frozenset(uid.id for uid in pst.entity_uids(policies) if str(uid.type) == "Role")


def _first(checked: cedarpy.ValidationResult) -> str:
    """Say the first error, naming the rule by its @id where Cedar numbers it."""
    error = checked.errors[0]
    name = checked.id_annotations_by_policy_id.get(error.policy_id)
    return _line(error.error.replace(error.policy_id, name) if name else error.error)


def _roles() -> list[dict[str, Any]]:
    """Return the roles as entities: each is in the one before, and may do what that one may."""
    return [
        {"uid": _uid("Role", role), "attrs": {}, "parents": [_uid("Role", below)] if below else []}
        for below, role in zip((None, *Role), Role, strict=False)
    ]


def _tool(question: CallQuestion) -> dict[str, Any]:
    return {
        "uid": _uid("Tool", question.tool),
        "attrs": {"trust": question.trust},
        "parents": [_uid("Group", question.group)],
    }


def _request(question: CallQuestion) -> dict[str, Any]:
    return {
        "principal": _uid("Role", question.role),
        "action": _uid("Action", question.effects),
        "resource": _uid("Tool", question.tool),
        "context": {
            "approved": question.approved,
            "tainted": question.tainted,
            "private": question.private,
            "cost": question.cost,
            "mode": question.mode,
        },
    }


def _uid(kind: str, name: str) -> dict[str, str]:
    return {"type": kind, "id": name}


def _line(said: object) -> str:
    return " ".join(str(said).split())
