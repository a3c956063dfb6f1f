from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import Misconfigured
from graph.options import Mode, Role
from graph.tool import Group, Trust
from guards.policy.call_policy import CallQuestion, Policies
from tests.docs.pages import marked

FOLDER = Path(__file__).parents[3] / "guards" / "policies"
SCHEMA = (FOLDER / "schema.cedarschema").read_text(encoding="utf-8")
TEXTS = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.cedar")}
RELEASE = Policies(TEXTS, SCHEMA)
EVERYTHING = "permit (principal, action, resource);"
PUBLIC = {Group.WEB, Group.SCHOLARLY, Group.COMMUNITY, Group.PAGE}
OUTWARD = {*PUBLIC, Group.MCP}
QUESTIONS = st.builds(
    CallQuestion,
    role=st.sampled_from(Role),
    tool=st.text(),
    group=st.sampled_from(Group),
    effects=st.sampled_from(["read", "write"]),
    trust=st.sampled_from(Trust),
    approved=st.booleans(),
    tainted=st.booleans(),
    private=st.booleans(),
    cost=st.integers(min_value=0, max_value=2),
    mode=st.sampled_from(Mode),
)
WEB = CallQuestion(role="analyst", tool="wikipedia", group="web")
MAIL = replace(WEB, tool="mail", effects="write")
CODE = replace(WEB, tool="python", group="compute")
NOTES = replace(WEB, tool="mcp.notes.add", group="mcp", effects="write")


def added(text: str) -> Policies:
    """Return the policies of the release with an operator's own."""
    return Policies({**TEXTS, "own.cedar": text}, SCHEMA)


EMPTY = Policies({}, SCHEMA)
OPEN = added(EVERYTHING)


def allows(question: CallQuestion) -> bool:
    return RELEASE.is_call_allowed(question).allowed


@given(QUESTIONS)
def test_writing_needs_a_person_and_clean_arguments(question: CallQuestion) -> None:
    """A write passes only when approved and free of taint; then it does, for an analyst outside of MCP."""
    write = replace(question, effects="write")
    released = write.approved and not write.tainted
    known = write.role != Role.VIEWER and write.group in {*PUBLIC, Group.DOCUMENTS}
    assert allows(write) == (released and known)


@given(QUESTIONS)
def test_no_policy_of_an_operator_opens_tainted_writing(question: CallQuestion) -> None:
    """A rule that forbids wins, even over one that permits everything."""
    write = replace(question, effects="write")
    allowed = OPEN.is_call_allowed(write).allowed
    assert not allowed or (write.approved and not write.tainted)


@given(QUESTIONS, st.sampled_from(sorted(OUTWARD)))
def test_private_words_do_not_leave_the_machine_by_themselves(question: CallQuestion, group: Group) -> None:
    """Without approval no call with private words reaches a group outside, whatever an operator permits."""
    asked = replace(question, private=True, approved=False, group=group)
    assert not OPEN.is_call_allowed(asked).allowed


@pytest.mark.parametrize("group", Group)
def test_private_words_go_where_a_person_lets_them(group: Group) -> None:
    """Approval opens each group outside; the documents and the sandbox need none."""
    private = CallQuestion(role="analyst", tool="x", group=group, private=True)
    assert OPEN.is_call_allowed(private).allowed == (group not in OUTWARD)
    assert OPEN.is_call_allowed(replace(private, approved=True)).allowed


@pytest.mark.parametrize("group", Group)
@pytest.mark.parametrize("role", Role)
def test_each_role_reads_what_it_is_for(role: Role, group: Group) -> None:
    """Viewers read documents, compute, ask models; analysts the public too; nobody an MCP server unasked."""
    free = {Group.DOCUMENTS, Group.COMPUTE, Group.MODEL} | (PUBLIC if role != Role.VIEWER else set())
    assert allows(CallQuestion(role=role, tool="x", group=group)) == (group in free)


@given(QUESTIONS)
def test_a_higher_role_may_do_what_a_lower_may(question: CallQuestion) -> None:
    """Going up a role never turns a yes into a no."""
    answers = [allows(replace(question, role=role)) for role in Role]
    assert answers == sorted(answers)


@given(QUESTIONS)
def test_approval_never_harms_and_taint_never_helps(question: CallQuestion) -> None:
    """A person's leave only opens; taint, private words and a price only close."""
    assert allows(replace(question, approved=True)) >= allows(replace(question, approved=False))
    for worse in ({"tainted": True}, {"private": True}, {"cost": 1}):
        best = replace(question, tainted=False, private=False, cost=0)
        assert allows(best) >= allows(replace(best, **worse))


def test_a_name_from_a_source_is_looked_up_but_not_run() -> None:
    """Taint closes the sandbox and no reading of sources."""
    tainted = replace(WEB, tainted=True)
    for group in (Group.DOCUMENTS, *PUBLIC):
        assert allows(replace(tainted, group=group))
    assert allows(CODE)
    assert not allows(replace(CODE, tainted=True))


def test_a_viewer_spends_nothing() -> None:
    """What an analyst may pay for, a viewer may have only where it is free."""
    paid = CallQuestion(role="analyst", tool="x", group="documents", cost=1)
    assert allows(paid)
    assert not allows(replace(paid, role="viewer"))
    assert allows(replace(paid, role="viewer", cost=0))


@given(QUESTIONS, st.sampled_from(["role", "group", "effects"]), st.text())
def test_what_is_unknown_is_denied(question: CallQuestion, field: str, name: str) -> None:
    """An unknown role, group or effect is denied, even where an operator permits everything."""
    if name not in {*Role, *Group, "read", "write"}:
        unknown: dict[str, Any] = {field: name}
        asked = replace(question, approved=True, tainted=False, **unknown)
        assert not OPEN.is_call_allowed(asked).allowed


@given(QUESTIONS, st.text(st.characters()))
def test_every_denial_says_why_on_one_line(question: CallQuestion, tool: str) -> None:
    """Whatever a tool calls itself, the answer is one line and names a reason; it never raises."""
    decision = RELEASE.is_call_allowed(replace(question, tool=tool))
    assert decision.reason
    assert len(decision.reason.splitlines()) == 1


@pytest.mark.parametrize(
    ("question", "why", "way_out"),
    [
        (MAIL, "rule writing-needs-a-person", "a person must approve it"),
        (replace(MAIL, tainted=True, approved=True), "clean-arguments", "a person must write its arguments"),
        (replace(MAIL, tainted=True), "writing-needs-a-person", "write its arguments and approve it"),
        (replace(WEB, private=True), "rule private-words-stay-here", "a person must approve it"),
        (replace(CODE, tainted=True), "rule computing-needs-clean", "a person must write its arguments"),
        (replace(WEB, role="viewer"), "no rule lets the role viewer read", "ask as an analyst"),
        (NOTES, "no rule lets the role analyst write", "add a policy to ATTEST_POLICIES"),
        (replace(NOTES, effects="read"), "no rule lets the role analyst read", "add a policy"),
        (replace(WEB, group="weeb"), "does not conform to the schema", "leave it out"),
        (replace(WEB, cost=2**70), "cannot judge 'wikipedia'", "leave it out"),
    ],
)
def test_a_denial_names_the_rule_and_the_way_out(question: CallQuestion, why: str, way_out: str) -> None:
    """The reason says what decided, and what would change the answer."""
    reason = RELEASE.is_call_allowed(question).reason
    assert question.tool in reason
    assert why in reason
    assert reason.endswith(way_out) or way_out in reason.rpartition(": ")[2]


def test_an_operators_rule_is_named_as_its_file_names_it() -> None:
    """A rule without a reason is named by its @id, one without an id by its file and place."""
    web = 'forbid (principal, action, resource == Tool::"wikipedia");'
    named = added(f'@id("no-wiki") {web}').is_call_allowed(WEB)
    assert named.reason == "wikipedia (web): the rule no-wiki forbids it: leave it out"
    assert "own.cedar #2" in added(f"{EVERYTHING} {web}").is_call_allowed(WEB).reason
    assert "own.cedar #1" in added(EVERYTHING).is_call_allowed(replace(NOTES, effects="read")).reason


def test_an_answer_that_allows_names_its_rule() -> None:
    """The record of a call can say by which rule it was made."""
    assert RELEASE.is_call_allowed(WEB).reason == "allowed by analysts-read-the-public"


def test_a_rule_that_fails_denies() -> None:
    """Cedar skips a rule whose sum overflows; a forbidding one must not be lost by it."""
    overflowing = "forbid (principal, action, resource) when { context.cost * 9223372036854775807 > 9 };"
    assert added(overflowing).is_call_allowed(WEB).allowed
    decision = added(overflowing).is_call_allowed(replace(WEB, cost=5))
    assert not decision.allowed
    assert "overflow" in decision.reason


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("permit (principal", "unexpected end of input"),
        ('permit (principal, action, resource in Group::"webb");', '"webb"'),
        ('permit (principal in Role::"analist", action, resource);', "no role 'analist'"),
        ('forbid (principal, action, resource) when { principal == Role::"root" };', "no role 'root'"),
        ('permit (principal, action == Action::"delete", resource);', '"delete"'),
        ("permit (principal is User, action, resource);", "User"),
        ('@id("dear") forbid (principal, action, resource) when { context.price > 1 };', "dear"),
        ("forbid (principal, action, resource) when { context.mode == 3 };", "not compatible"),
        ("permit (principal == ?principal, action, resource);", "template"),
        ('@id("everyone-computes") permit (principal, action, resource);', "there already"),
        (
            '@id("a") permit (principal, action, resource); @id("a") forbid (principal, action, resource);',
            "'a'",
        ),
        ('permit (principal, action, resource) when { context.mode == "\ud800" };', "surrogates"),
    ],
)
def test_a_policy_that_cannot_hold_is_refused_at_birth(text: str, problem: str) -> None:
    """A slip in a file is named with the file; a typing slip never becomes a rule that matches nothing."""
    with pytest.raises(Misconfigured) as refused:
        added(text)
    assert "own.cedar" in str(refused.value)
    assert problem in str(refused.value)
    assert "\n" not in str(refused.value)


def test_the_worked_example_opens_one_tool_to_analysts_with_approval() -> None:
    """What the README shows does what the README says, down to the words of the denial."""
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    policies, approved = added(marked("example", page)), replace(NOTES, approved=True)
    assert policies.is_call_allowed(approved).reason == "allowed by analysts-add-notes"
    assert policies.is_call_allowed(replace(approved, role="admin")).allowed
    assert policies.is_call_allowed(NOTES).reason.endswith("a person must approve it")
    assert policies.is_call_allowed(replace(approved, tainted=True)).reason == marked("denial", page)
    for other in (
        replace(approved, role="viewer"),
        replace(approved, tool="mcp.notes.delete"),
        replace(approved, effects="read"),
    ):
        assert not policies.is_call_allowed(other).allowed


def test_the_example_that_forbids_closes_one_tool() -> None:
    """A rule of the operator's closes what the release opens, and its reason is shown."""
    policies = added(marked("closing", (FOLDER / "README.md").read_text(encoding="utf-8")))
    news = CallQuestion(role="admin", tool="hackernews", group="community", approved=True)
    assert "we do not cite forums (rule no-hacker-news)" in policies.is_call_allowed(news).reason
    assert policies.is_call_allowed(replace(news, tool="github")).allowed


@pytest.mark.parametrize("group", Group)
def test_an_operator_may_open_every_group(group: Group) -> None:
    """The schema knows each group of tools by its name, and each role reaches what a rule opens to all."""
    for role in Role:
        assert OPEN.is_call_allowed(CallQuestion(role=role, tool="x", group=group)).allowed


def test_a_broken_schema_is_refused_at_birth() -> None:
    """Without a schema nothing can be checked, so nothing is decided."""
    with pytest.raises(Misconfigured, match="schema"):
        Policies(TEXTS, "entity Role in [")


@given(QUESTIONS)
def test_without_rules_everything_is_denied(question: CallQuestion) -> None:
    """An empty set of policies allows no call."""
    assert not EMPTY.is_call_allowed(question).allowed
