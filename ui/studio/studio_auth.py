"""Tell LangGraph's server who asks and what they may use."""

from __future__ import annotations

from langgraph_sdk import Auth

from graph.options import Options
from ui.studio.studio_token import is_sent

auth = Auth()


@auth.authenticate
async def known(headers: dict[bytes, bytes]) -> Auth.types.MinimalUserDict:
    """Return the operator, the only user."""
    if not is_sent(headers.items()):
        raise Auth.exceptions.HTTPException(status_code=401, detail="the token is missing")
    return {"identity": Options().user}


@auth.on
async def refused(ctx: Auth.types.AuthContext, value: object) -> bool:  # noqa: ARG001  # LangGraph calls it so
    """Refuse everything not named below: crons, the store, assistants."""
    return False


@auth.on.assistants.read
async def assistants_read(ctx: Auth.types.AuthContext, value: object) -> bool:  # noqa: ARG001  # as above
    """Allow reading the graph."""
    return True


@auth.on.assistants.search
async def assistants_listed(ctx: Auth.types.AuthContext, value: object) -> bool:  # noqa: ARG001  # as above
    """Allow searching for the graph."""
    return True


@auth.on.threads
async def threads_used(ctx: Auth.types.AuthContext, value: object) -> bool:  # noqa: ARG001  # as above
    """Allow starting, watching, answering, forking and deleting runs."""
    return True


@auth.on.threads.create_run
async def run_created(ctx: Auth.types.AuthContext, value: Auth.types.RunsCreate) -> bool:  # noqa: ARG001  # as above
    """Allow starting a run, unless it asks for a webhook."""
    return not (value.get("kwargs") or {}).get("webhook")
