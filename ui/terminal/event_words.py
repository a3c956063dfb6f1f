"""Put events into words for a person."""

from __future__ import annotations

from graph.events import CallFinished, CallRetried, CallStarted, Event, Indexing, Noted, PhaseStarted, Planned
from guards.visible_text import one_line
from ui.catalogue import _, ngettext
from ui.report.phase_words import OUTCOMES, PHASES

MICROS = 1_000_000


def dollars(micros: int) -> str:
    """Write micro-dollars as dollars, with two digits or as many as there are."""
    whole, rest = divmod(micros, MICROS)
    digits = f"{rest:06d}".rstrip("0").ljust(2, "0")
    return f"${whole}.{digits}"


class EventWords:
    """Describe events in lines; a call is named by the purpose of its start event."""

    def __init__(self) -> None:
        self._purposes: dict[str, str] = {}

    def lines(self, event: Event) -> list[str]:
        """Return the lines that describe an event, safe to print."""
        lines: list[str] = []
        match event:
            case PhaseStarted(phase=phase):
                lines = [_(PHASES[phase])]
            case Indexing(done=done, total=total, part=part):
                reading = _(", reading {name}").format(name=one_line(part)) if part else ""
                lines = [
                    "  " + _("read {done} of {total} documents").format(done=done, total=total) + reading
                ]
            case Planned():
                lines = _planned(event)
            case CallStarted(task=task, purpose=purpose):
                self._purposes[task] = purpose
            case CallRetried(tool=tool, attempt=attempt, seconds=seconds, reason=reason):
                again = _("attempt {number} of {tool} in {seconds} s: {reason}")
                facts = {"number": attempt, "tool": one_line(tool), "reason": one_line(reason)}
                lines = ["  " + again.format(seconds=f"{seconds:.1f}", **facts)]
            case CallFinished():
                lines = [self._finished(event)]
            case Noted(text=text):
                lines = ["  " + _("note: {text}").format(text=one_line(text))]
        return lines

    def _finished(self, event: CallFinished) -> str:
        words = ["  " + _(OUTCOMES[event.outcome]), one_line(event.tool)]
        if purpose := self._purposes.pop(event.task, ""):
            words.append(f"({one_line(purpose)})")
        words.append(_("in {seconds} s").format(seconds=f"{event.seconds:.1f}"))
        facts = [
            _("{number} found").format(number=event.found) if event.found else "",
            dollars(event.cost) if event.cost else "",
        ]
        facts += [
            _("already paid, replayed") if event.replayed else "",
            _("from the cache") if event.cached else "",
        ]
        facts += [one_line(event.detail)]
        return ", ".join([" ".join(words), *filter(None, facts)])


def _planned(event: Planned) -> list[str]:
    count = len(event.questions)
    said = ngettext(
        "{number} line of inquiry, at most {cost}", "{number} lines of inquiry, at most {cost}", count
    )
    head = "  " + said.format(number=count, cost=dollars(event.estimate))
    return [head, *(f"    - {one_line(question)}" for question in event.questions)]
