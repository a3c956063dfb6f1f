"""What did the person decide?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import PydanticCustomError

from graph.decided import Decided
from graph.definition import Definition
from graph.errors import Refused
from graph.records import Argument, Branch, Plan, Task
from guards.budget import micros_of
from guards.number_bounds import are_numbers_held
from guards.policy.tool_shown import ToolShown, tool_shown

NO_DEFINITIONS: Mapping[str, Definition] = MappingProxyType({})


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SourceAddress(_Strict):
    """Write an argument that is the address of a source another call finds, counted from 0."""

    of: str
    at: int = Field(ge=0)


Written = str | bool | int | float | SourceAddress
"""What a person may write as an argument."""


class PlanTask(_Strict):
    """Write a planned call as a person reads and edits it; `about` its tools, in the order they are asked."""

    id: str = Field(min_length=1, max_length=64)
    tool: str
    purpose: str = ""
    arguments: dict[str, Written]
    needs: tuple[str, ...] = ()
    fallbacks: tuple[str, ...] = ()
    unfunded: tuple[str, ...] = Field(default=(), description="asked once the budget has room for them")
    estimate_usd: str = Field(default="0.00", description="shown only; an edit does not change a price")
    private: bool = Field(default=False, description="shown only: it holds words of your documents")
    purpose_by: Literal["planner", "editor"] = Field(
        default="planner", description="shown only: whose words say why"
    )
    about: tuple[ToolShown, ...] = Field(default=(), description="shown only; an edit changes no tool")


class PlanBranch(_Strict):
    """Write a line of inquiry as a person reads and edits it."""

    id: str = Field(min_length=1, max_length=64)
    root: str | None = None
    question: str = Field(min_length=1, max_length=2000)
    hop: int = Field(default=0, ge=0, le=8)
    tasks: tuple[PlanTask, ...]


class PlanForm(_Strict):
    """Write a plan as a person reads and edits it."""

    branches: tuple[PlanBranch, ...]

    def plan(self) -> Plan:
        """Return the plan; what a person wrote is not tainted."""
        return Plan(branches=tuple(_branch(branch) for branch in self.branches))


class _Deciding(_Strict):
    """Hold who decides; the entrance fills it in, whatever was sent."""

    by: SkipJsonSchema[str] = ""

    @model_validator(mode="before")
    @classmethod
    def _is_held(cls, sent: object) -> object:
        """Look before anything is read: a number that is too large would be taken for a rounded one."""
        if not (held := are_numbers_held(sent)).allowed:
            raise PydanticCustomError("number", "{reason}", {"reason": held.reason})
        return sent


class Approval(_Deciding):
    """Go on as proposed; `task` names the call that is meant, where several wait."""

    decision: Literal["approve"]
    task: str | None = None


class Edit(_Deciding):
    """Go on with another plan, another question or another budget, in dollars for the whole run."""

    decision: Literal["edit"]
    plan: PlanForm | None = None
    question: str | None = None
    budget_usd: str | None = None

    @field_validator("budget_usd")
    @classmethod
    def _is_amount(cls, written: str | None) -> str | None:
        if written is not None and micros_of(written) is None:
            raise ValueError("not an amount in dollars, such as 2.00")
        return written

    @property
    def budget(self) -> int | None:
        """Return the budget in micro-dollars, if the edit holds one."""
        return None if self.budget_usd is None else micros_of(self.budget_usd)


class Rejection(_Deciding):
    """Stop, and say why; `task` names the call that is meant, where several wait."""

    decision: Literal["reject"]
    because: str = Field(min_length=1, max_length=2000)
    task: str | None = None


PersonsDecision = Approval | Edit | Rejection
_DECISION: TypeAdapter[PersonsDecision] = TypeAdapter(
    Annotated[PersonsDecision, Field(discriminator="decision")]
)


def read_decision(answer: object) -> PersonsDecision:
    """Read what a person answered; raise Refused, naming the first thing that is wrong."""
    try:
        return _DECISION.validate_python(answer)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the decision"
        raise Refused(f"{where}: {first['msg']}; write approve, edit or reject as the run shows it") from None


def recorded(decision: PersonsDecision, about: str, at: float, task: str = "") -> Decided:
    """Record what was decided of which kind of question, at a time in seconds since the epoch."""
    because = decision.because if isinstance(decision, Rejection) else ""
    return Decided(about=about, decision=decision.decision, at=at, by=decision.by, because=because, task=task)


def write_form(
    plan: Plan, dollars: dict[str, str], definitions: Mapping[str, Definition] = NO_DEFINITIONS
) -> dict[str, Any]:
    """Write a plan as the JSON a person edits; `dollars` maps task ids to their estimates."""
    form = PlanForm(branches=tuple(_form(branch, dollars, definitions) for branch in plan.branches))
    return form.model_dump(mode="json")


def _form(branch: Branch, dollars: dict[str, str], definitions: Mapping[str, Definition]) -> PlanBranch:
    tasks = tuple(
        PlanTask(
            id=task.id,
            tool=task.tool,
            purpose=task.purpose,
            arguments={name: _shown(argument) for name, argument in task.arguments.items()},
            needs=task.needs,
            fallbacks=task.fallbacks,
            unfunded=task.unfunded,
            estimate_usd=dollars[task.id],
            private=any(argument.private for argument in task.arguments.values()),
            purpose_by=author_of(task),
            about=tuple(
                tool_shown(definitions[tool], task.arguments)
                for tool in tools_of(task)
                if tool in definitions
            ),
        )
        for task in branch.tasks
    )
    return PlanBranch(
        id=branch.id, root=branch.root, question=str(branch.question.value), hop=branch.hop, tasks=tasks
    )


def tools_of(task: Task) -> tuple[str, ...]:
    """Return the tools a call may ask, in their order."""
    return (task.tool, *task.fallbacks, *task.unfunded)


def author_of(task: Task) -> Literal["planner", "editor"]:
    """Say whose words the purpose of a call is in."""
    return "editor" if task.edited else "planner"


def with_authors(edited: Plan, shown: Plan) -> Plan:
    """Mark each call of an edit that is not in the plan that was shown: its purpose is the editor's words."""
    known = {task.id: task for branch in shown.branches for task in branch.tasks}
    return Plan(
        branches=tuple(
            replace(b, tasks=tuple(replace(t, edited=_is_edited(t, known.get(t.id))) for t in b.tasks))
            for b in edited.branches
        )
    )


def _is_edited(task: Task, shown: Task | None) -> bool:
    if shown is None or (task.tool, task.purpose) != (shown.tool, shown.purpose):
        return True
    values = [{name: (a.value, a.of) for name, a in each.arguments.items()} for each in (task, shown)]
    return shown.edited or values[0] != values[1]


def _shown(argument: Argument) -> str | bool | int | float | SourceAddress:
    return SourceAddress(of=argument.of, at=int(argument.value)) if argument.of else argument.value


def _argument(written: Written) -> Argument:
    return (
        Argument(value=written.at, of=written.of)
        if isinstance(written, SourceAddress)
        else Argument(value=written)
    )


def _branch(form: PlanBranch) -> Branch:
    tasks = tuple(
        Task(
            id=task.id,
            tool=task.tool,
            purpose=task.purpose,
            arguments={name: _argument(value) for name, value in task.arguments.items()},
            needs=task.needs,
            fallbacks=task.fallbacks,
            unfunded=task.unfunded,
        )
        for task in form.tasks
    )
    return Branch(
        id=form.id,
        root=form.root or form.id,
        question=Argument(value=form.question),
        tasks=tasks,
        hop=form.hop,
    )
