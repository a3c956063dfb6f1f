"""Word what the chat shows of a run."""

from __future__ import annotations

import re

from graph.records import Outcome, Phase
from guards.visible_text import one_line
from ui.chat.run_view.run_view_model import CallView, RunViewModel
from ui.report.markdown_escaping import phrase
from ui.terminal.event_words import dollars

PHASES = {
    Phase.INITIALIZING: "Plan the research",
    Phase.ORCHESTRATING: "Ask the sources",
    Phase.VALIDATING: "Check the evidence",
    Phase.SYNTHESIZING: "Write the answer",
    Phase.MONITORING: "Settle and seal",
}
OUTCOMES = {
    Outcome.DONE: "done",
    Outcome.FAILED: "failed",
    Outcome.DENIED: "not allowed",
    Outcome.SKIPPED: "skipped",
    Outcome.STOPPED: "stopped",
    Outcome.UNNEEDED: "not needed",
}
UNCHECKED = "**Draft, not checked yet.** The checked report replaces it.\n\n"
_LONGEST = 90


def title_of(text: str) -> str:
    """Return a question or purpose on one line, of at most 90 characters."""
    line = one_line(text)
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def call_title(call: CallView) -> str:
    """Return the title of a call: its tool, and its purpose or outcome."""
    if call.outcome is None:
        return f"{one_line(call.tool)}: {title_of(call.purpose)}" if call.purpose else one_line(call.tool)
    found = f"{call.found} found" if call.found else ""
    again = "from the cache" if call.cached else "replayed" if call.replayed else ""
    paid = dollars(call.cost) if call.cost else ""
    facts = [OUTCOMES[call.outcome], found, f"{call.seconds:.1f} s", paid, again]
    return f"{one_line(call.tool)}: {', '.join(filter(None, facts))}"


def call_story(call: CallView) -> str:
    """Return what is known of a call as a Markdown list; words from outside are escaped."""
    facts = [
        f"- why: {phrase(call.purpose)}" if call.purpose else "",
        f"- tool: {phrase(call.tool)}",
        f"- outcome: {OUTCOMES[call.outcome]}" if call.outcome else "- under way",
        f"- took {call.seconds:.1f} s" if call.outcome else "",
        f"- cost {dollars(call.cost)}" if call.outcome else "",
        f"- found {call.found} passages" if call.found else "",
        f"- asked {call.attempts} times" if call.attempts > 1 else "",
        *(f"- {phrase(said)}" for said in call.retries),
        "- from the cache" if call.cached else "",
        "- completed before, not made again" if call.replayed else "",
        f"- {phrase(call.detail)}" if call.detail else "",
    ]
    return "\n".join(filter(None, facts))


def note(text: str) -> str:
    """Return a note on one line, without the terminal command that it may name."""
    return re.sub(r"^asked before: attest show (\S+)$", r"You asked this before, in run \1.", one_line(text))


def line_story(calls: list[CallView]) -> str:
    """Return how many calls of a line of inquiry ended, what they found and what they cost."""
    done, found = sum(call.outcome is not None for call in calls), sum(call.found for call in calls)
    cost = sum(call.cost for call in calls)
    said = [f"{done} of {len(calls)} calls ended", f"{found} passages" if found else ""]
    return ", ".join(filter(None, [*said, dollars(cost) if cost else ""]))


def doing(model: RunViewModel) -> str:
    """Return in one line what the run does now."""
    if model.phase is None:
        return "Done" if model.completed else "Starting"
    done, total = model.indexed
    reading = f", reading documents {done} of {total}" if done < total else ""
    under_way = f", {model.open()} under way" if model.open() else ""
    return f"{PHASES[model.phase]}{reading}{under_way}"
