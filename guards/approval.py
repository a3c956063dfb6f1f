"""What did the person decide?"""

from __future__ import annotations

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
from graph.errors import Refused
from graph.records import Argument, Branch, Plan, Task
from guards.budget import micros_of
from guards.numbers import are_numbers_held


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Found(_Strict):
    """Write an argument that is the address of a source another call finds, counted from 0."""

    of: str
    at: int = Field(ge=0)


Written = str | bool | int | float | Found
"""What a person may write as an argument."""


class PlanTask(_Strict):
    """Write a planned call as a person reads and edits it."""

    id: str = Field(min_length=1, max_length=64)
    tool: str
    purpose: str = ""
    arguments: dict[str, Written]
    needs: tuple[str, ...] = ()
    fallbacks: tuple[str, ...] = ()
    unfunded: tuple[str, ...] = Field(default=(), description="asked once the budget has room for them")
    estimate_usd: str = Field(default="0.00", description="shown only; an edit does not change a price")


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
    """Say who decides: the entrance does, over whatever was sent."""

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


def write_form(plan: Plan, dollars: dict[str, str]) -> dict[str, Any]:
    """Write a plan as the JSON a person edits; `dollars` maps task ids to their estimates."""
    form = PlanForm(branches=tuple(_form(branch, dollars) for branch in plan.branches))
    return form.model_dump(mode="json")


def _form(branch: Branch, dollars: dict[str, str]) -> PlanBranch:
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
        )
        for task in branch.tasks
    )
    return PlanBranch(
        id=branch.id, root=branch.root, question=str(branch.question.value), hop=branch.hop, tasks=tasks
    )


def _shown(argument: Argument) -> str | bool | int | float | Found:
    return Found(of=argument.of, at=int(argument.value)) if argument.of else argument.value


def _argument(written: Written) -> Argument:
    return (
        Argument(value=written.at, of=written.of) if isinstance(written, Found) else Argument(value=written)
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
