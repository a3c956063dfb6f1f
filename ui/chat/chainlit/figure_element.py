"""Make the Chainlit element of a figure."""

from __future__ import annotations

import asyncio
from typing import Literal
from uuid import uuid4

import chainlit as cl

from ui.report.figures.canvas import Figure

Display = Literal["inline", "side"]


async def figure_element(figure: Figure, *, name: str, display: Display, id_: str = "") -> cl.Plotly:
    """Return the element, made in a thread: Plotly takes long to import and to check a figure."""
    return await asyncio.to_thread(_element, figure, name, display, id_ or str(uuid4()))


def _element(figure: Figure, name: str, display: Display, id_: str) -> cl.Plotly:
    from plotly import graph_objects  # noqa: PLC0415  # it takes half a second

    return cl.Plotly(id=id_, name=name, display=display, size="large", figure=graph_objects.Figure(figure))
