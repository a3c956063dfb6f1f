"""Say to LangGraph's server who asks, and what of it they may use."""

from __future__ import annotations

from langgraph_sdk import Auth

from graph.options import Options
from ui.studio.studio_token import is_sent

auth = Auth()


@auth.authenticate
async def known(headers: dict[bytes, bytes]) -> Auth.types.MinimalUserDict:
    """Return who sent the token: there is one person, the operator."""
    if not is_sent(headers.items()):
        raise Auth.exceptions.HTTPException(status_code=401, detail="the token is missing")
    return {"identity": Options().user}


@auth.on
async def refused(ctx: Auth.types.AuthContext, value: object) -> bool:  # noqa: ARG001  # LangGraph calls it so
    """Let nobody use what is not named below: crons, the store, assistants of somebody's own."""
    return False


@auth.on.assistants.read
async def assistants_read(ctx: Auth.types.AuthContext, value: object) -> bool:  # noqa: ARG001  # as above
    """Let the graph be seen."""
    return True


@auth.on.assistants.search
async def assistants_listed(ctx: Auth.types.AuthContext, value: object) -> bool:  # noqa: ARG001  # as above
    """Let the graph be found."""
    return True


@auth.on.threads
async def threads_used(ctx: Auth.types.AuthContext, value: object) -> bool:  # noqa: ARG001  # as above
    """Let runs be started, watched, answered, forked and deleted."""
    return True


@auth.on.threads.create_run
async def run_created(ctx: Auth.types.AuthContext, value: Auth.types.RunsCreate) -> bool:  # noqa: ARG001  # as above
    """Let a run be started, unless this machine is to call an address when it ends."""
    return not (value.get("kwargs") or {}).get("webhook")
