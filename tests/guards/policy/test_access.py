"""What a person may do is what a rule says, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import Misconfigured
from graph.options import Role
from guards.policy.access import AccessQuestion, AccessRules, Action

FOLDER = Path(__file__).parents[3] / "guards" / "policies" / "people"
SCHEMA = (FOLDER / "people.cedarschema").read_text(encoding="utf-8")
TEXTS = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.cedar")}
RELEASE = AccessRules(TEXTS, SCHEMA)
OPEN = AccessRules({**TEXTS, "own.cedar": "permit (principal, action, resource);"}, SCHEMA)
EMPTY = AccessRules({}, SCHEMA)
NAMES = st.text(max_size=6)
QUESTIONS = st.builds(
    AccessQuestion, person=NAMES, role=st.sampled_from(Role), action=st.sampled_from(Action), owner=NAMES
)


@given(QUESTIONS)
def test_without_rules_nobody_does_anything(question: AccessQuestion) -> None:
    """What no rule permits is denied."""
    assert not EMPTY.is_access_allowed(question).allowed


@given(QUESTIONS)
def test_no_viewer_ever_operates(question: AccessQuestion) -> None:
    """A viewer neither operates nor decides, not even where an operator permits everything."""
    for action in (Action.OPERATE, Action.DECIDE_RUN):
        asked = replace(question, role=Role.VIEWER, action=action)
        assert not RELEASE.is_access_allowed(asked).allowed
        assert not OPEN.is_access_allowed(asked).allowed


@given(QUESTIONS)
def test_nobody_sees_or_steers_the_run_of_somebody_else(question: AccessQuestion) -> None:
    """Only an admin reads, decides or stops a run that another person asked for."""
    foreign = replace(question, owner=f"{question.person}+")
    of_a_run = foreign.action not in {Action.RESEARCH, Action.OPERATE}
    if of_a_run:
        assert RELEASE.is_access_allowed(foreign).allowed == (foreign.role == Role.ADMIN)


@given(QUESTIONS)
def test_everyone_reads_and_stops_their_own_runs(question: AccessQuestion) -> None:
    """Whoever asked sees the run and may end it; going on with it costs money, and takes an analyst."""
    own = replace(question, owner=question.person)
    assert RELEASE.is_access_allowed(replace(own, action=Action.READ_RUN)).allowed
    assert RELEASE.is_access_allowed(replace(own, action=Action.STOP_RUN)).allowed
    decides = RELEASE.is_access_allowed(replace(own, action=Action.DECIDE_RUN)).allowed
    assert decides == (own.role != Role.VIEWER)


@pytest.mark.parametrize(("action", "least"), [(Action.RESEARCH, Role.ANALYST), (Action.OPERATE, Role.ADMIN)])
@pytest.mark.parametrize("role", Role)
def test_each_role_does_what_it_is_for(role: Role, action: Action, least: Role) -> None:
    """Analysts start research; admins see what belongs to nobody alone."""
    order = tuple(Role)
    allowed = RELEASE.is_access_allowed(AccessQuestion(person="ann", role=role, action=action)).allowed
    assert allowed == (order.index(role) >= order.index(least))


@given(QUESTIONS)
def test_a_higher_role_may_do_what_a_lower_may(question: AccessQuestion) -> None:
    """Going up a role never turns a yes into a no."""
    answers = [RELEASE.is_access_allowed(replace(question, role=role)).allowed for role in Role]
    assert answers == sorted(answers)


@given(QUESTIONS, st.text())
def test_a_role_nobody_knows_is_denied(question: AccessQuestion, role: str) -> None:
    """An unknown role does nothing, even where an operator permits everything."""
    if role not in set(Role):
        assert not OPEN.is_access_allowed(replace(question, role=role)).allowed


@given(QUESTIONS)
def test_every_denial_says_why_on_one_line(question: AccessQuestion) -> None:
    """Whatever somebody is called, the answer is one line with a reason."""
    decision = RELEASE.is_access_allowed(question)
    assert decision.reason
    assert len(decision.reason.splitlines()) == 1


def test_an_operator_lets_one_person_read_the_runs_of_another() -> None:
    """A rule names people, and opens what it says and no more."""
    rule = (
        'permit (principal == Person::"ann", action == Action::"read_run", resource)'
        ' when { resource.owner == Person::"bob" };'
    )
    rules = AccessRules({**TEXTS, "own.cedar": rule}, SCHEMA)
    asked = AccessQuestion(person="ann", role="viewer", action=Action.READ_RUN, owner="bob")
    assert rules.is_access_allowed(asked).allowed
    for other in (
        replace(asked, owner="eve"),
        replace(asked, person="eve"),
        replace(asked, action=Action.STOP_RUN),
    ):
        assert not rules.is_access_allowed(other).allowed


def test_a_rule_that_forbids_says_its_reason() -> None:
    """An operator closes research, and who asks is told why."""
    rule = (
        '@id("closed") @reason("we are on holiday")'
        ' forbid (principal, action == Action::"research", resource);'
    )
    rules = AccessRules({**TEXTS, "own.cedar": rule}, SCHEMA)
    asked = AccessQuestion(person="ann", role="admin", action=Action.RESEARCH)
    assert "we are on holiday (rule closed)" in rules.is_access_allowed(asked).reason


@pytest.mark.parametrize(
    "text",
    [
        'permit (principal in Role::"boss", action, resource);',
        'permit (principal, action == Action::"read", resource);',
        'permit (principal, action == Action::"operate", resource) when { resource.owner == principal };',
        "permit (principal",
    ],
)
def test_a_slip_is_refused_when_the_rules_are_read(text: str) -> None:
    """A rule about a role, action or attribute that does not exist never becomes one that does nothing."""
    with pytest.raises(Misconfigured, match=r"own\.cedar"):
        AccessRules({**TEXTS, "own.cedar": text}, SCHEMA)
