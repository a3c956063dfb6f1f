"""Is this a valid set of rules? This reads every Cedar policy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import cedarpy
from cedarpy import pst

from graph.errors import Misconfigured
from graph.options import Role

ROLES: frozenset[str] = frozenset(Role)

Rules = dict[str, pst.Template]
"""The rules of all files, by the @id of each, or its file and its place there."""


def read_schema(text: str) -> cedarpy.Schema:
    """Read what policies may speak about; raises Misconfigured."""
    try:
        return cedarpy.Schema.from_str(text)
    except ValueError as error:
        raise Misconfigured(f"the schema of the policies: {line(error)}: mend it") from None


def read_rules(texts: Mapping[str, str], schema: cedarpy.Schema) -> Rules:
    """Read policies by the names of their files.

    Raises Misconfigured, naming the file and the problem, for what cannot be read, what the schema does not
    know, and an @id that was there before.
    """
    rules: Rules = {}
    for file, text in texts.items():
        for rule in _read(file, text, schema):
            if rule.id in rules:
                raise Misconfigured(f"policy {file}: a rule {rule.id!r} is there already: write another @id")
            rules[rule.id] = rule
    return rules


def policy_set(rules: Rules) -> cedarpy.PolicySet:
    """Return the rules as Cedar evaluates them."""
    return cedarpy.PolicySet.from_pst(pst.PolicySet(templates={}, static_policies=rules, template_links=()))


def forbidding(rules: Rules, rule: str) -> str:
    """Say why a rule forbids: its @reason, or its name."""
    reason = rules[rule].annotations.get("reason", "")
    return f"{reason} (rule {rule})" if reason else f"the rule {rule} forbids it"


def role_entities() -> list[dict[str, Any]]:
    """Return the roles as entities: each is in the one before, and may do what that one may."""
    return [
        {"uid": uid("Role", role), "attrs": {}, "parents": [uid("Role", below)] if below else []}
        for below, role in zip((None, *Role), Role, strict=False)
    ]


def uid(kind: str, name: str) -> dict[str, str]:
    """Name an entity as Cedar's JSON does."""
    return {"type": kind, "id": name}


def line(said: object) -> str:
    """Return what was said on one line."""
    return " ".join(str(said).split())


def _read(file: str, text: str, schema: cedarpy.Schema) -> Iterator[pst.Template]:
    """Yield the rules of a file, each named by its @id, or by the file and its place there."""
    try:
        checked = cedarpy.validate_policies(text, schema)
        if not checked.validation_passed:
            raise Misconfigured(f"policy {file}: {_first(checked)}: mend it")
        policies = cedarpy.policies_to_pst(text)
    except ValueError as error:
        raise Misconfigured(f"policy {file}: {line(error)}: mend it") from None
    if policies.templates:
        raise Misconfigured(
            f"policy {file}: a template permits nothing here: name its principal and resource"
        )
    if lost := _roles_of(policies) - ROLES:
        raise Misconfigured(f"policy {file}: there is no role {min(lost)!r}: write one of {', '.join(Role)}")
    for place, rule in enumerate(policies.static_policies.values(), start=1):
        yield replace(rule, id=rule.annotations.get("id") or f"{file} #{place}")


def _roles_of(policies: pst.PolicySet) -> frozenset[str]:
    return frozenset(uid.id for uid in pst.entity_uids(policies) if str(uid.type) == "Role")


def _first(checked: cedarpy.ValidationResult) -> str:
    """Say the first error, naming the rule by its @id where Cedar numbers it."""
    error = checked.errors[0]
    name = checked.id_annotations_by_policy_id.get(error.policy_id)
    return line(error.error.replace(error.policy_id, name) if name else error.error)
