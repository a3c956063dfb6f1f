"""Word what the chat shows of a run."""

from __future__ import annotations

import re

from guards.visible_text import one_line
from ui.catalogue import N_, _
from ui.chat.run_view.run_view_model import CallView, RunViewModel
from ui.report.markdown_escaping import phrase
from ui.report.phase_words import OUTCOMES, PHASES
from ui.terminal.event_words import dollars

UNCHECKED = N_("**Draft, not checked yet.** The checked report replaces it.")
_LONGEST = 90


def title_of(text: str) -> str:
    """Return a question or purpose on one line, of at most 90 characters."""
    line = one_line(text)
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def call_title(call: CallView) -> str:
    """Return the title of a call: its tool, and its purpose or outcome."""
    if call.outcome is None:
        return f"{one_line(call.tool)}: {title_of(call.purpose)}" if call.purpose else one_line(call.tool)
    found = _("{number} found").format(number=call.found) if call.found else ""
    again = _("from the cache") if call.cached else _("replayed") if call.replayed else ""
    paid = dollars(call.cost) if call.cost else ""
    facts = [_(OUTCOMES[call.outcome]), found, f"{call.seconds:.1f} s", paid, again]
    return f"{one_line(call.tool)}: {', '.join(filter(None, facts))}"


def call_story(call: CallView) -> str:
    """Return what is known of a call as a Markdown list; words from outside are escaped."""
    facts = [
        _("why: {purpose}").format(purpose=phrase(call.purpose)) if call.purpose else "",
        _("tool: {tool}").format(tool=phrase(call.tool)),
        *(_ending(call) if call.outcome else [_("under way")]),
        _("found {number} passages").format(number=call.found) if call.found else "",
        _("asked {number} times").format(number=call.attempts) if call.attempts > 1 else "",
        *map(phrase, call.retries),
        _("from the cache") if call.cached else "",
        _("completed before, not made again") if call.replayed else "",
        phrase(call.detail),
    ]
    return "\n".join(f"- {fact}" for fact in facts if fact)


def _ending(call: CallView) -> list[str]:
    outcome = _(OUTCOMES[call.outcome]) if call.outcome else ""
    return [
        _("outcome: {outcome}").format(outcome=outcome),
        _("took {seconds} s").format(seconds=f"{call.seconds:.1f}"),
        _("cost {cost}").format(cost=dollars(call.cost)),
    ]


def note(text: str) -> str:
    """Return a note on one line, without the terminal command that it may name."""
    said = one_line(text)
    again = re.fullmatch(r"asked before: attest show (\S+)", said)
    return _("You asked this before, in run {run}.").format(run=again[1]) if again else said


def line_story(calls: list[CallView]) -> str:
    """Return how many calls of a line of inquiry ended, what they found and what they cost."""
    done, found = sum(call.outcome is not None for call in calls), sum(call.found for call in calls)
    cost = sum(call.cost for call in calls)
    ended = _("{done} of {all} calls ended").format(done=done, all=len(calls))
    said = [ended, _("{number} passages").format(number=found) if found else ""]
    return ", ".join(filter(None, [*said, dollars(cost) if cost else ""]))


def doing(model: RunViewModel) -> str:
    """Return in one line what the run does now."""
    if model.phase is None:
        return _("Done") if model.completed else _("Starting")
    done, total = model.indexed
    facts = [
        _(PHASES[model.phase]),
        _("reading documents {done} of {total}").format(done=done, total=total) if done < total else "",
        _("{number} under way").format(number=model.open()) if model.open() else "",
    ]
    return ", ".join(filter(None, facts))
