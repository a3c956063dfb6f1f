"""Paint a board into the current Chainlit session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import chainlit as cl
from chainlit.context import context, local_steps
from chainlit.utils import utc_now

from graph.records import Outcome, Phase
from ui.chat.chainlit.custom_element import Drawn
from ui.chat.run_view.decision_cards import Card
from ui.chat.run_view.draft_text import unchecked
from ui.chat.run_view.element_names import part
from ui.chat.run_view.run_view_model import CONCLUDING, PREPARING, Board, CallView, Monotonic
from ui.chat.run_view.run_view_words import PHASES, call_story, call_title, doing, line_story, title_of
from ui.report.markdown_escaping import phrase
from ui.terminal.event_words import dollars

METER_SECONDS = 0.25
ROOT = "on_message"
"""The name that Chainlit's page gives to a step that holds a run and is not itself shown."""
_ICONS = {PREPARING: "folder-open", CONCLUDING: "book-open-check"}
_LOST = frozenset({Outcome.FAILED, Outcome.DENIED})


@dataclass(slots=True, kw_only=True)
class Seen:
    """Remember when parts of a thread were first sent and below what, so that repainting moves nothing."""

    made: dict[str, str] = field(default_factory=dict)
    below: dict[str, str | None] = field(default_factory=dict)


class Painter:
    """Paint what changed on a board; what is painted again replaces itself."""

    def __init__(self, run_id: str, board: Board, seen: Seen, clock: Monotonic) -> None:
        self._run, self._board, self._seen, self._clock = run_id, board, seen, clock
        self._began = clock()
        self._metered = -METER_SECONDS
        self._root = part(run_id, "root")
        self._told = 0
        self._said = ""
        self._meter: Drawn | None = None
        self._tasks = cl.TaskList(id=part(run_id, "tasks"))
        self._sent: set[str] = set()

    async def begin(self) -> None:
        """Open the place of the run on the screen: its root, its meter, its task list."""
        mother = context.current_step
        local_steps.set([])
        self._seen.below.setdefault(self._root, mother.id if mother else None)
        await self._step(self._root, ROOT, None, kind="run", metadata={"run": self._run})
        self._meter = Drawn(id=part(self._run, "meter"), name="Meter", display="inline", props=self._props())
        await self._message("status", "", [self._meter])
        await self._phases()

    async def paint(self) -> None:
        """Send what changed since the last time."""
        board = self._board
        changed, board.changed = board.changed, set()
        touched, board.touched = board.touched, {}
        await self._calls(touched)
        if "phases" in changed:
            await self._phases()
        if "notes" in changed:
            await self._notes()
        if "written" in changed:
            await self._message("draft", unchecked(board.written), metadata={"draft": True})
        await self._gauge(due="meter" in changed)

    async def end(self, said: str) -> None:
        """Close the run on the screen, with one line about how it ended or why it pauses."""
        self._said = said
        self._board.changed.add("phases")
        await self.paint()
        if self._board.written:
            await self._removed("draft")
        await self._step(self._root, ROOT, None, kind="run", metadata={"run": self._run}, ended=True)
        if self._meter is not None:
            self._meter.props = {**self._props(), "over": True, "said": said}
            self._meter.content = None
            self._meter.__post_init__()
            await self._message("status", "", [self._meter], {"ended": said})

    async def tell(self, text: str, name: str = "told") -> None:
        """Say something in a line of its own; a name makes the line replace itself."""
        await self._message(name, text)

    async def place(self, card: Card) -> None:
        """Send a card in a message of its own; the same question has the same card."""
        name = f"card {card.props['token']}"
        element = Drawn(id=part(self._run, name), name=card.element, display="inline", props=card.props)
        if card.props["kind"] == "raise":
            self._below(part(self._run, "message", name), None)  # it follows the report, which stands alone
        await self._message(name, "", [element], {"card": card.props["token"]})

    async def _calls(self, touched: Mapping[str, float]) -> None:
        calls = [self._board.calls[task] for task in sorted(touched, key=list(self._board.calls).index)]
        for line in dict.fromkeys(call.line for call in calls):
            mine = [call for call in self._board.calls.values() if call.line == line]
            await self._step(
                part(self._run, "line", line),
                title_of(self._board.titles[line]),
                self._root,
                icon=_ICONS.get(line, "search"),
                output=line_story(mine),
                ended=all(call.outcome for call in mine),
            )
        for call in calls:
            await self._call(call, touched[call.task])

    async def _call(self, call: CallView, heard: float) -> None:
        await self._step(
            part(self._run, "call", call.task),
            call_title(call),
            part(self._run, "line", call.line),
            output=call_story(call),
            metadata={"heard": heard},
            ended=call.outcome is not None,
            wrong=call.outcome in _LOST,
        )

    async def _notes(self) -> None:
        while self._told < len(self._board.notes):
            await self._message(f"note {self._told}", phrase(self._board.notes[self._told]))
            self._told += 1

    async def _phases(self) -> None:
        board = self._board
        self._tasks.tasks = [
            cl.Task(title=said, status=_status(board, phase)) for phase, said in PHASES.items()
        ]
        self._tasks.status = self._said or (PHASES[board.phase] if board.phase else "Starting")
        await self._tasks.send()

    async def _gauge(self, *, due: bool) -> None:
        """Send the meter, but no more than four times a second, and not to the database."""
        now = self._clock()
        if due and now - self._metered < METER_SECONDS:
            self._board.changed.add("meter")
        elif due and self._meter is not None:
            self._metered = now
            self._meter.props = self._props()
            await context.emitter.send_element(self._meter.to_dict())

    def _props(self) -> dict[str, Any]:
        board = self._board
        return {
            "run": self._run,
            "doing": doing(board),
            "seconds": round(self._clock() - self._began, 1),
            "deadline": board.deadline,
            "spent": dollars(board.spent),
            "budget": dollars(board.budget),
            "estimate": dollars(board.estimate),
            "share": min(1.0, board.spent / board.budget) if board.budget else 0.0,
            "calls": len(board.calls),
            "open": board.open(),
        }

    async def _step(  # noqa: PLR0913 - a step has as many sides
        self,
        id_: str,
        name: str,
        parent: str | None,
        *,
        kind: Any = "tool",  # noqa: ANN401 - Chainlit's own literal of kinds
        icon: str | None = None,
        output: str = "",
        metadata: dict[str, Any] | None = None,
        ended: bool = False,
        wrong: bool = False,
    ) -> None:
        known = id_ in self._seen.made
        step = cl.Step(
            name=name, type=kind, id=id_, icon=icon, metadata=metadata, parent_id=self._below(id_, parent)
        )
        step.created_at = step.start = self._seen.made.setdefault(id_, utc_now())
        step.end, step.is_error, step.output = utc_now() if ended else None, wrong, output
        step.language = None
        await (step.update() if known else step.send())

    def _below(self, id_: str, parent: str | None) -> str | None:
        return self._seen.below.setdefault(id_, parent)

    async def _message(
        self,
        name: str,
        content: str,
        elements: list[Any] | None = None,
        metadata: dict[str, Any] | None = None,
    ) -> None:
        message = self._named(name, content, {"run": self._run, "part": name, **(metadata or {})})
        message.elements = elements or []
        known = message.id in self._seen.made
        message.created_at = self._seen.made.setdefault(message.id, utc_now())
        await (message.update() if known else message.send())

    async def _removed(self, name: str) -> None:
        message = self._named(name, "", {})
        if self._seen.made.pop(message.id, None):
            await message.remove()

    def _named(self, name: str, content: str, metadata: dict[str, Any]) -> cl.Message:
        id_ = part(self._run, "message", name)
        return cl.Message(content=content, id=id_, parent_id=self._below(id_, self._root), metadata=metadata)


def _status(board: Board, phase: Phase) -> cl.TaskStatus:
    if phase is board.phase:
        return cl.TaskStatus.RUNNING
    return cl.TaskStatus.DONE if phase in board.past else cl.TaskStatus.READY
