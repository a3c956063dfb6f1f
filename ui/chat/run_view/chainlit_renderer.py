"""Render the view of a run into the current Chainlit session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import chainlit as cl
from chainlit.context import context, local_steps
from chainlit.utils import utc_now

from graph.records import Outcome, Phase
from ui.catalogue import _
from ui.chat.chainlit.custom_element import AttestElement
from ui.chat.run_view.decision_cards import Card
from ui.chat.run_view.draft_text import draft_markdown
from ui.chat.run_view.run_view_model import CONCLUDING, PREPARING, CallView, Monotonic, RunViewModel
from ui.chat.run_view.run_view_words import call_story, call_title, doing, line_story, title_of
from ui.chat.run_view.stable_ids import part_id
from ui.report.markdown_escaping import phrase
from ui.report.phase_words import PHASES
from ui.terminal.event_words import dollars

METER_SECONDS = 0.25
"""The shortest time between two meters: each redraws an element of the page."""
ROOT = "on_message"
"""The name that Chainlit's page gives to a step that holds a run and is not itself shown."""
_ICONS = {PREPARING: "folder-open", CONCLUDING: "book-open-check"}
_LOST = frozenset({Outcome.FAILED, Outcome.DENIED})


@dataclass(slots=True, kw_only=True)
class RenderedParts:
    """Remember when each part of a thread was first sent and its parent: sent again, it stays in place."""

    created: dict[str, str] = field(default_factory=dict)
    parents: dict[str, str | None] = field(default_factory=dict)


class ChainlitRenderer:
    """Send what changed in a model; a part that is sent again replaces itself."""

    def __init__(self, run_id: str, model: RunViewModel, parts: RenderedParts, clock: Monotonic) -> None:
        self._run, self._model, self._parts, self._clock = run_id, model, parts, clock
        self._began = clock()
        self._meter_sent = -METER_SECONDS
        self._root = part_id(run_id, "root")
        self._notes_sent = 0
        self._summary = ""
        self._meter: AttestElement | None = None
        self._tasks = cl.TaskList(id=part_id(run_id, "tasks"))

    async def begin(self) -> None:
        """Send the root step of the run, its meter and its task list."""
        parent = context.current_step
        local_steps.set([])
        self._parent_of(self._root, parent.id if parent else None)
        await self._step(self._root, ROOT, None, kind="run", metadata={"run": self._run})
        self._meter = self._element("meter", "Meter", self._props())
        await self._message("status", "", [self._meter])
        await self._phases()

    async def render(self) -> None:
        """Send what changed since the last call."""
        model = self._model
        changed, model.changed = model.changed, set()
        calls, model.changed_calls = model.changed_calls, {}
        await self._calls(calls)
        if "phases" in changed:
            await self._phases()
        if "notes" in changed:
            await self._notes()
        if "written" in changed:
            await self._message("draft", draft_markdown(model.written), metadata={"draft": True})
        await self._send_meter(due="meter" in changed)

    async def end(self, summary: str) -> None:
        """Close the root step, with one line about how the run ended or why it pauses."""
        self._summary = summary
        self._model.changed.add("phases")
        await self.render()
        if self._model.written:
            await self._remove("draft")
        await self._step(self._root, ROOT, None, kind="run", metadata={"run": self._run}, ended=True)
        if self._meter is not None:
            self._meter.props = {**self._props(), "over": True, "said": summary}
            self._meter.content = None
            self._meter.__post_init__()
            await self._message("status", "", [self._meter], {"ended": summary})

    async def say(self, text: str, name: str) -> None:
        """Send a line of its own; a later line of the same name replaces it."""
        await self._message(name, text)

    async def send_card(self, card: Card) -> None:
        """Send a card in a message of its own; the same question has the same card."""
        name = f"card {card.props['token']}"
        element = self._element(name, card.element, card.props)
        if card.props["kind"] == "raise":  # it follows the report, at the top level
            self._parent_of(part_id(self._run, "message", name), None)
        await self._message(name, "", [element], {"card": card.props["token"]})

    async def _calls(self, changed: Mapping[str, float]) -> None:
        calls = [self._model.calls[task] for task in sorted(changed, key=list(self._model.calls).index)]
        for line in dict.fromkeys(call.line for call in calls):
            mine = [call for call in self._model.calls.values() if call.line == line]
            await self._step(
                part_id(self._run, "line", line),
                title_of(_(self._model.titles[line])),
                self._root,
                icon=_ICONS.get(line, "search"),
                output=line_story(mine),
                ended=all(call.outcome for call in mine),
            )
        for call in calls:
            await self._call(call, changed[call.task])

    async def _call(self, call: CallView, heard: float) -> None:
        await self._step(
            part_id(self._run, "call", call.task),
            call_title(call),
            part_id(self._run, "line", call.line),
            output=call_story(call),
            metadata={"heard": heard},
            ended=call.outcome is not None,
            wrong=call.outcome in _LOST,
        )

    async def _notes(self) -> None:
        while self._notes_sent < len(self._model.notes):
            await self._message(f"note {self._notes_sent}", phrase(self._model.notes[self._notes_sent]))
            self._notes_sent += 1

    async def _phases(self) -> None:
        model = self._model
        self._tasks.tasks = [
            cl.Task(title=_(said), status=_status(model, phase)) for phase, said in PHASES.items()
        ]
        self._tasks.status = self._summary or (_(PHASES[model.phase]) if model.phase else _("Starting"))
        await self._tasks.send()

    async def _send_meter(self, *, due: bool) -> None:
        """Send the meter to the page alone, once in METER_SECONDS at most; one held back stays due."""
        now = self._clock()
        if due and now - self._meter_sent < METER_SECONDS:
            self._model.changed.add("meter")
        elif due and self._meter is not None:
            self._meter_sent = now
            self._meter.props = self._props()
            await context.emitter.send_element(self._meter.to_dict())

    def _props(self) -> dict[str, Any]:
        model = self._model
        return {
            "run": self._run,
            "doing": doing(model),
            "seconds": round(self._clock() - self._began, 1),
            "deadline": model.deadline,
            "spent": dollars(model.spent),
            "budget": dollars(model.budget),
            "estimate": dollars(model.estimate),
            "share": min(1.0, model.spent / model.budget) if model.budget else 0.0,
            "calls": len(model.calls),
            "open": model.open(),
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
        known = id_ in self._parts.created
        step = cl.Step(
            name=name, type=kind, id=id_, icon=icon, metadata=metadata, parent_id=self._parent_of(id_, parent)
        )
        step.created_at = step.start = self._parts.created.setdefault(id_, utc_now())
        step.end, step.is_error, step.output = utc_now() if ended else None, wrong, output
        step.language = None
        await (step.update() if known else step.send())

    def _parent_of(self, id_: str, parent: str | None) -> str | None:
        """Return the parent that a part was first sent below, which is `parent` for a new part."""
        return self._parts.parents.setdefault(id_, parent)

    async def _message(
        self,
        name: str,
        content: str,
        elements: list[Any] | None = None,
        metadata: dict[str, Any] | None = None,
    ) -> None:
        message = self._named(name, content, {"run": self._run, "part": name, **(metadata or {})})
        message.elements = elements or []
        known = message.id in self._parts.created
        message.created_at = self._parts.created.setdefault(message.id, utc_now())
        await (message.update() if known else message.send())

    async def _remove(self, name: str) -> None:
        message = self._named(name, "", {})
        if self._parts.created.pop(message.id, None):
            await message.remove()

    def _named(self, name: str, content: str, metadata: dict[str, Any]) -> cl.Message:
        id_ = part_id(self._run, "message", name)
        return cl.Message(
            content=content, id=id_, parent_id=self._parent_of(id_, self._root), metadata=metadata
        )

    def _element(self, name: str, file: str, props: dict[str, Any]) -> AttestElement:
        """Return an element that a file of `ui/public/elements` draws."""
        return AttestElement(id=part_id(self._run, name), name=file, display="inline", props=props)


def _status(model: RunViewModel, phase: Phase) -> cl.TaskStatus:
    if phase is model.phase:
        return cl.TaskStatus.RUNNING
    return cl.TaskStatus.DONE if phase in model.completed else cl.TaskStatus.READY
