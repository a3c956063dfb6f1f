"""Name in words what a report does not know."""

from __future__ import annotations

from ui.catalogue import N_, _

NOTHING_MISSING = N_("Nothing is known to be missing.")

# In the order of reading: what was not answered first, problems of the work last.
TITLES = {
    "refused": N_("Refused"),
    "rejected": N_("Rejected by a person"),
    "unanswered": N_("Not answered by the sources"),
    "contradicted": N_("Sources disagree"),
    "unverified_claim": N_("Not supported well enough"),
    "unchecked_wording": N_("Worded by the model, not checked"),
    "refused_wording": N_("Worded by a model, and replaced by quotes"),
    "unverified": N_("Dropped: the passage did not stand up to a second look"),
    "single_source": N_("Resting on one source"),
    "models_disagree": N_("Found by comparing words, and by no model"),
    "low_credibility": N_("Resting on sources of low credibility"),
    "stopped": N_("Stopped before the end"),
    "plan_cut": N_("Left out of the plan"),
    "follow_up_skipped": N_("Follow-ups not made"),
    "no_documents": N_("No documents"),
    "unavailable": N_("Services that did not answer"),
    "call_failed": N_("Calls that failed"),
    "call_denied": N_("Calls that are not allowed"),
    "call_skipped": N_("Calls that were not made"),
    "call_stopped": N_("Calls that were stopped"),
    "evidence_dropped": N_("Evidence dropped"),
    "left_out": N_("Passages a model was not shown"),
    "too_long_to_quote": N_("Statements too long to quote whole"),
    "unreadable": N_("Files that could not be read"),
    "unsure_text": N_("Text that may be read wrongly"),
    "other_language": N_("Asked in another language than the documents"),
    "addressed": N_("Sentences that speak to a program, not read"),
    "screened": N_("Text held back by the screen"),
    "degraded": N_("Models that failed"),
}
"""The title of each kind of gap."""


def gap_title(kind: str) -> str:
    """Return the title of a kind of gap; its name in words for one of another release."""
    return _(TITLES[kind]) if kind in TITLES else kind.replace("_", " ").capitalize()
