"""Decide which calls may be made, by the policies of the release and those of the operator."""

from __future__ import annotations

import logging
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

from graph.errors import Misconfigured, Refused
from graph.options import Approve
from graph.records import Clock, Decision, Run, Task
from graph.tool import Group, Hold, ToolSpec
from guards.policy import CallQuestion, Policies
from guards.release import may_a_person_release

LOOK_SECONDS = 1.0

_Look = tuple[tuple[str, int, int], ...]
"""How the operator's files look: name, time of the last change in nanoseconds, size in bytes."""


def warn(text: str) -> None:
    """Write an alarm into the log."""
    logging.getLogger(__name__).warning(text)


class Authority:
    """Answer by the newest policies that can be used; `own` is the operator's folder.

    A change there counts from the first call on that comes LOOK_SECONDS after the last look. While what is
    there cannot be used, the old policies stay, and `alarm` is told the problem once. Raises Misconfigured
    where there is such a problem from the start.
    """

    def __init__(self, own: Path | None, *, clock: Clock, alarm: Callable[[str], None] = warn) -> None:
        self._own = own
        self._clock = clock
        self._alarm = alarm
        self._schema, self._release = _released()
        self._looked = clock()
        self._used = _look(own)
        self._policies = self._read()
        self._told: tuple[_Look, str] | None = None

    def authorise(self, run: Run, spec: ToolSpec, task: Task) -> Decision:
        """Say whether a run may make a call, and why not."""
        if task.rejected:
            return Decision(allowed=False, reason=f"a person rejected it: {task.rejected}")
        self._refresh()
        return self._policies.is_call_allowed(question_of(run, spec, task))

    def check(self, run: Run, spec: ToolSpec, task: Task) -> None:
        """Raise Refused, with the reason, for a call that a run may not make."""
        if not (decision := self.authorise(run, spec, task)).allowed:
            raise Refused(decision.reason)

    def hold(self, run: Run, spec: ToolSpec, task: Task) -> Hold | None:
        """Say why a call waits for a person, where one was promised to be asked and could release it.

        A call to a model is part of a step and waits for nobody.
        """
        asks = run.options.approve is Approve.ASK and spec.group is not Group.MODEL
        if not asks or task.approved or task.rejected:
            return None
        self._refresh()
        release = may_a_person_release(question_of(run, spec, task), self._policies.is_call_allowed)
        return Hold(reason=release.reason, estimate=spec.price) if release.allowed else None

    def _refresh(self) -> None:
        now = self._clock()
        if self._own is None or 0 <= now - self._looked < LOOK_SECONDS:
            return
        self._looked = now
        look: _Look = ()
        try:
            look = _look(self._own)
            if look != self._used:
                self._policies = self._read()
        except Misconfigured as problem:
            self._tell(look, str(problem))
        else:
            self._used, self._told = look, None

    def _read(self) -> Policies:
        return Policies({**self._release, **_texts(self._own)}, self._schema)

    def _tell(self, look: _Look, problem: str) -> None:
        if self._told != (look, problem):
            self._told = (look, problem)
            self._alarm(f"{problem}; until then the old policies stay in force")


def question_of(run: Run, spec: ToolSpec, task: Task) -> CallQuestion:
    """Ask the policy about a call; an argument that points at a source found before is tainted too."""
    arguments = task.arguments.values()
    return CallQuestion(
        role=run.options.role,
        tool=spec.name,
        group=spec.group,
        effects=spec.effects,
        trust=spec.trust,
        approved=task.approved,
        tainted=any(argument.tainted or argument.of for argument in arguments),
        private=any(argument.private for argument in arguments),
        cost=spec.price,
        mode=run.options.mode,
    )


def _released() -> tuple[str, dict[str, str]]:
    """Return the schema and the policies of the release, by the names of their files."""
    folder = files("guards") / "policies"
    policies = {
        file.name: file.read_text(encoding="utf-8")
        for file in folder.iterdir()
        if file.name.endswith(".cedar")
    }
    return (folder / "schema.cedarschema").read_text(encoding="utf-8"), policies


def _look(own: Path | None) -> _Look:
    try:
        return tuple((path.name, (stat := path.stat()).st_mtime_ns, stat.st_size) for path in _files(own))
    except OSError as error:
        raise _unreadable(error) from None


def _texts(own: Path | None) -> dict[str, str]:
    """Read the operator's policies, by their whole paths: none can take the place of one of the release."""
    try:
        return {str(path): _text(path) for path in _files(own)}
    except OSError as error:
        raise _unreadable(error) from None


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise Misconfigured(f"policy {path}: it is no UTF-8 text: write it again") from None


def _files(own: Path | None) -> list[Path]:
    """Return the operator's policies in order; hidden files are what editors leave behind."""
    found = own.iterdir() if own else ()
    return sorted(path for path in found if path.suffix == ".cedar" and not path.name.startswith("."))


def _unreadable(error: OSError) -> Misconfigured:
    return Misconfigured(f"{error.filename} cannot be read ({error.strerror}): correct ATTEST_POLICIES")
