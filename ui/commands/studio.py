"""attest studio."""

from __future__ import annotations

from typing import Annotated

import typer

from ui.commands.chat import Docs, hand_down_docs

EXAMPLE = "Example: attest studio --docs ./documents"

Port = Annotated[int, typer.Option(metavar="PORT", min=1, max=65_535, help="Where to listen.")]


def studio(*, docs: Docs = None, port: Port = 2024) -> None:
    """Serve the graph to LangGraph Studio, on this machine alone; Ctrl-C ends it.

    The address it shows holds a token: whoever has it may ask, decide and read what runs read.
    """
    from graph.config.settings import Settings  # noqa: PLC0415  # `attest --help` need not wait for these
    from ui.studio import studio_server  # noqa: PLC0415  # as above

    hand_down_docs(docs)
    studio_server.start(Settings.from_environment(), port)
