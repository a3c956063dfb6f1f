"""Hold the words of the elements that draw a report and a source; the browser gets them translated."""

from __future__ import annotations

from ui.catalogue import N_

REPORT_WORDS = {
    "claim": N_("Claim {number}: {words}"),
    "citation": N_("Citation {number}: {title}"),
    "disagree": N_("Where the sources disagree"),
    "table": N_("Table of disagreements"),
    "claim_column": N_("Claim"),
    "says": N_("It says"),
    "source": N_("Source"),
    "published": N_("Published"),
    "against": N_("Against"),
    "credibility": N_("credibility {grade}"),
    "against_claims": N_("claim {numbers}"),
    "unquoted": N_("a source that is not quoted here"),
    "unknowns": N_("What this report does not know"),
    "nothing": N_("Nothing is known to be missing."),
    "next": N_("Ask next"),
    "closer": N_("Look closer"),
    "download": N_("Download"),
    "timeline": N_("Timeline"),
    "costs": N_("Costs"),
    "claims": N_("Claims and sources"),
    "json": N_("JSON and sources"),
    "cost": N_("Cost: {cost}"),
    "time": N_("Time: {time}"),
    "check": N_("Run {run}. Check: download JSON and sources, unpack it, run attest verify."),
}
"""What `Report.jsx` writes around the contents of a report."""
