"""What is a person shown about the tool of a call?"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from graph.definition import Definition


class ToolShown(BaseModel):
    """Show what a tool does and where; it is shown only: an edit changes none of it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    tool: str
    effect: Literal["reads", "writes"] = Field(description="writes: it changes something outside of this run")
    server: str = Field(default="", description="who offers it; empty: Attest itself")
    host: str = Field(default="", description="where a call goes; empty: it stays on this machine")
    defaults: dict[str, Any] = Field(default_factory=dict, description="arguments that the call leaves out")
    fingerprint: str = Field(default="", description="what is approved: another one is asked about anew")
    server_says: str = Field(default="", description="the server's own words, which nobody checked")


def tool_shown(definition: Definition, given: Collection[str] = ()) -> ToolShown:
    """Show a tool beside the arguments a call gives: what it leaves out has its default."""
    return ToolShown(
        tool=definition.tool,
        effect="writes" if definition.writes else "reads",
        server=definition.server,
        host=definition.host,
        defaults={name: json.loads(text) for name, text in definition.defaults.items() if name not in given},
        fingerprint=definition.fingerprint.digest,
        server_says=definition.says,
    )
