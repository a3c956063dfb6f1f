"""Put events into words for a person."""

from __future__ import annotations

from graph.events import CallFinished, CallRetried, CallStarted, Event, Indexing, Noted, PhaseStarted, Planned
from guards.visible_text import one_line

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
                lines = [str(phase)]
            case Indexing(done=done, total=total, part=part):
                lines = [f"  read {done} of {total} documents{f', reading {one_line(part)}' if part else ''}"]
            case Planned():
                lines = _planned(event)
            case CallStarted(task=task, purpose=purpose):
                self._purposes[task] = purpose
            case CallRetried(tool=tool, attempt=attempt, seconds=seconds, reason=reason):
                lines = [f"  attempt {attempt} of {one_line(tool)} in {seconds:.1f} s: {one_line(reason)}"]
            case CallFinished():
                lines = [self._finished(event)]
            case Noted(text=text):
                lines = [f"  note: {one_line(text)}"]
        return lines

    def _finished(self, event: CallFinished) -> str:
        words = [f"  {event.outcome}", one_line(event.tool)]
        if purpose := self._purposes.pop(event.task, ""):
            words.append(f"({one_line(purpose)})")
        words.append(f"in {event.seconds:.1f} s")
        facts = [f"{event.found} found" if event.found else "", dollars(event.cost) if event.cost else ""]
        facts += [
            "already paid, replayed" if event.replayed else "",
            "from the cache" if event.cached else "",
        ]
        facts += [one_line(event.detail)]
        return ", ".join([" ".join(words), *filter(None, facts)])


def _planned(event: Planned) -> list[str]:
    count = len(event.questions)
    head = f"  {count} line{'' if count == 1 else 's'} of inquiry, at most {dollars(event.estimate)}"
    return [head, *(f"    - {one_line(question)}" for question in event.questions)]
