"""Name the phases of a run, and how its calls end, for a person."""

from __future__ import annotations

from graph.records import Outcome, Phase
from ui.catalogue import N_, _

PHASES = {
    Phase.INITIALIZING: N_("Plan the research"),
    Phase.ORCHESTRATING: N_("Ask the sources"),
    Phase.VALIDATING: N_("Check the evidence"),
    Phase.SYNTHESIZING: N_("Write the answer"),
    Phase.MONITORING: N_("Settle and seal"),
}
OUTCOMES = {
    Outcome.DONE: N_("done"),
    Outcome.FAILED: N_("failed"),
    Outcome.DENIED: N_("not allowed"),
    Outcome.SKIPPED: N_("skipped"),
    Outcome.STOPPED: N_("stopped"),
    Outcome.UNNEEDED: N_("not needed"),
}


def phase_title(name: str) -> str:
    """Return what a phase does, in words; its name for one of another release."""
    return _(PHASES[Phase(name)]) if name in set(Phase) else name.capitalize()
