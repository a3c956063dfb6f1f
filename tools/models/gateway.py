"""Ask models tier by tier: where one fails the next, and where all fail none."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from graph.events import Announce
from graph.ports import Evidence
from graph.records import Argument, Call, Outcome, Run, Task
from graph.tool import Toolbox
from tools.models.job_size import in_order, size_of
from tools.models.prompted_role import ModelRequest, ModelRole

T = TypeVar("T", bound=BaseModel)

MISSHAPEN = "Misshapen"


class Gateway:
    """Send each request through the call pipeline, to the tiers of its role in the order of `job_size`.

    A model whose answer does not fit the schema is asked once to correct it. What a run asked before is
    replayed from its journal, and what any run asked is served from the cache.
    """

    def __init__(
        self,
        tiers: Mapping[ModelRole, Sequence[str]],
        *,
        toolbox: Toolbox,
        evidence: Evidence,
        announce: Announce,
    ) -> None:
        self._tiers = tiers
        self._toolbox = toolbox
        self._evidence = evidence
        self._announce = announce

    async def ask(self, run: Run, prompted: ModelRequest, shape: type[T]) -> T | None:
        """Return the answer of the first tier that gives one; None when no model does: then do without."""
        tiers = self._tiers.get(prompted.role, ())
        for tool in in_order(prompted.role, size_of(prompted), tiers):
            told = await self._asked(run, prompted, shape, tool)
            if told is not None:
                return told
        return None

    async def _asked(self, run: Run, prompted: ModelRequest, shape: type[T], tool: str) -> T | None:
        problem = ""
        for _ in range(2):
            task = _task(prompted, shape, tool, problem)
            call = await self._toolbox.call(run, "", task, self._announce)
            if call.outcome is not Outcome.DONE and call.fault != MISSHAPEN:
                return None
            told, problem = await self._read(call, shape)
            if told is not None:
                return told
        return None

    async def _read(self, call: Call, shape: type[T]) -> tuple[T | None, str]:
        """Return what a call answered, or what is wrong with it."""
        if call.outcome is not Outcome.DONE:
            return None, call.detail
        source = call.passages[0].span.source
        texts = await self._evidence.texts([source])
        try:
            return shape.model_validate_json(texts[source].reveal()), ""
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            return None, f"{'.'.join(map(str, first['loc']))}: {first['msg']}"


def _task(prompted: ModelRequest, shape: type[BaseModel], tool: str, problem: str) -> Task:
    """Return the call to a model; a second call says what was wrong with the first answer."""
    mend = f"\n\nYour last answer was out of shape ({problem}). Answer again, in shape." if problem else ""
    user = prompted.user + mend
    asked = hashlib.sha256(f"{tool}\n{prompted.system}\n{user}".encode()).hexdigest()[:10]
    return Task(
        id=f"{prompted.role}.{asked}",
        tool=tool,
        purpose=f"{prompted.role} by {prompted.prompt}",
        arguments={
            "role": Argument(value=str(prompted.role)),
            "prompt": Argument(value=prompted.prompt),
            "system": Argument(value=prompted.system),
            "user": Argument(value=user, taint=prompted.taint, private=prompted.private),
            "schema_json": Argument(value=json.dumps(shape.model_json_schema(), sort_keys=True)),
            "most_tokens": Argument(value=prompted.most_tokens),
            "streamed": Argument(value=prompted.streamed),
        },
    )
