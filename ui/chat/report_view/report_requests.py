"""Answer the buttons of a report. Each request reads the database, so buttons work after a restart."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from typing import Any

from graph.errors import AttestError, Refused
from graph.off_loop import run_off_loop
from graph.report.timeline import timeline
from graph.untrusted import Untrusted
from ui.chat.report_view.numbered_passages import Report, passage
from ui.chat.report_view.report_access import ReportAccess
from ui.chat.report_view.report_figures import FIGURES, FigureView
from ui.chat.report_view.source_view import View, more, source_view

Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRequests:
    """Answer requests for a report with what its reader may read."""

    access: ReportAccess

    async def report(self, payload: Payload) -> Report:
        """Return the report that a payload names; raise Refused where this reader may not read it."""
        return await self.access.report(word(payload, "run"))

    async def citation(self, payload: Payload) -> View:
        """Return a citation with its source and the text around it."""
        report, at = await self.report(payload), number(payload, "number")
        text = await self._text(report, at)
        return await run_off_loop(len(text or ""), lambda: source_view(report, at, text))

    async def more(self, payload: Payload) -> View:
        """Return the next part of the source of a citation."""
        report, at = await self.report(payload), number(payload, "number")
        text = await self._text(report, at)
        if text is None:
            raise Refused("the text of this source is not stored any more: run attest verify")
        side, place = word(payload, "side"), number(payload, "at")
        return await run_off_loop(len(text), lambda: more(report, at, text, side, place))

    async def look(self, payload: Payload) -> FigureView:
        """Return the figure that a payload names; raise Refused for an unknown name."""
        report, figure = await self.report(payload), word(payload, "figure")
        if figure not in FIGURES:
            raise Refused(f"there is no figure {figure}: choose one of {', '.join(FIGURES)}")
        drawn = timeline(await self.access.app.history(report["run_id"]))
        return FIGURES[figure](report, drawn).on(dark=bool(payload.get("dark")))

    async def _text(self, report: Report, at: int) -> Untrusted | None:
        source = passage(report, at).source
        return (await self.access.app.texts([source])).get(source)


async def answered(answer: Awaitable[View]) -> View:
    """Return an answer, or in `refused` the line that says why there is none."""
    try:
        return await answer
    except AttestError as error:
        return {"refused": str(error)}


def word(payload: Payload, name: str) -> str:
    """Return a text of a payload; raise Refused for anything else."""
    value = payload.get(name)
    if not isinstance(value, str):
        raise Refused(f"this button names no {name}: open the report again")
    return value


def number(payload: Payload, name: str) -> int:
    """Return an integer of a payload, 0 or more; raise Refused for anything else."""
    value = payload.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise Refused(f"this button names no {name}: open the report again")
    return value
