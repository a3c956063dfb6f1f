"""Calculate: Python code, or an expression such as `17 * 23`, becomes a source that can be cited."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Annotated, ClassVar

from pydantic import BaseModel, StringConstraints

from graph.errors import Misconfigured, Unusable
from graph.events import Announce
from graph.records import Clock, Passage, Result, Run, Snapshot, Source, Span, source_id
from graph.tool import Group, ToolSpec, Trust
from graph.untrusted import Untrusted
from tools.compute.interpreter import CodeResult, Interpreter
from tools.documents.normalise import normalise

LONGEST_CODE = 20_000
_DAY = 86_400.0


class PythonArguments(BaseModel, frozen=True, extra="forbid"):
    """Give code of at most 20,000 characters."""

    code: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_CODE)]


class Python:
    """Run Python in an interpreter without access to this machine; use it in one event loop."""

    spec: ClassVar[ToolSpec] = ToolSpec(
        name="python",
        version="1",
        purpose="calculate with Python code: what it prints and its last expression",
        arguments=PythonArguments,
        group=Group.COMPUTE,
        deterministic=True,
        latency=0.01,
        timeout=5.0,
        attempts=1,
        at_once=2,
        ttl=_DAY,
        trust=Trust.OPERATOR,
    )

    def __init__(self, *, clock: Clock) -> None:
        self._clock = clock
        self._interpreter = Interpreter()

    async def run(self, arguments: BaseModel, run: Run, announce: Announce) -> Result:  # noqa: ARG002  # a calculation needs neither
        """Return the code with its result; raises Unusable for an error in it, or for no result."""
        if not isinstance(arguments, PythonArguments):
            raise Misconfigured(f"python was given {type(arguments).__name__}: give PythonArguments")
        shown = _shown(await self._interpreter.run(arguments.code))
        if not shown:
            raise Unusable("the code came to nothing: end it with an expression, or print")
        return _result(arguments.code, shown, self._clock())

    async def close(self) -> None:
        """End the interpreter's workers."""
        await self._interpreter.close()


def _shown(ran: CodeResult) -> str:
    value = "" if ran.value == "None" else f"→ {ran.value}"
    return normalise("\n".join(part for part in (ran.printed.rstrip("\n"), value) if part))


def _result(code: str, shown: str, now: float) -> Result:
    text = f"{normalise(code)}\n\n{shown}"
    source = Source(
        id=source_id(text),
        title=Untrusted("Calculation"),
        location=f"python:{hashlib.sha256(code.encode()).hexdigest()[:12]}",
        published=None,
        retrieved_at=datetime.fromtimestamp(now, UTC).isoformat(timespec="seconds"),
    )
    span = Span(source=source.id, start=len(text) - len(shown), end=len(text))
    return Result(
        snapshots=(Snapshot(source=source, text=Untrusted(text)),),
        passages=(Passage(span=span, score=1.0),),
        detail="1 result",
    )
