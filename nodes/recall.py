"""Find earlier runs of the same question, and update the index of the documents."""

from __future__ import annotations

from graph.events import Announce, Noted
from graph.ports import Memory
from graph.records import Task, Unknown
from graph.state import ResearchState, Update, admitted
from graph.tool import Toolbox
from guards.answer_status import NO_DOCUMENTS

REFRESH = Task(
    id="refresh", tool="documents.refresh", purpose="read what changed in the documents", arguments={}
)

UNNAMED = Unknown(kind=NO_DOCUMENTS, detail="no documents were named: pass docs or set ATTEST_DOCS")


async def recall(state: ResearchState, *, announce: Announce, memory: Memory, toolbox: Toolbox) -> Update:
    """Look up earlier runs that asked the same, and bring the index of the documents up to date."""
    run = admitted(state)
    recalled = await memory.recall(run)
    if recalled:
        announce(Noted(text=f"asked before: attest show {recalled[0].run}"))
    if not {"documents", "documents.search"} & set(run.options.sources):
        return Update(recalled=recalled)
    if not run.options.docs:
        return Update(recalled=recalled, unknowns=(UNNAMED,))
    call = await toolbox.call(run, "", REFRESH, announce)
    return Update(recalled=recalled, calls=(call,), unknowns=call.unknowns)
