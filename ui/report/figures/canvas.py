"""Make an empty figure: transparent, with colours that everybody can tell apart and escaped text."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from html import escape
from typing import Any

from guards.visible_text import one_line
from ui.report.markdown_escaping import phrase

Figure = dict[str, Any]
"""A figure as plotly.js reads it: `data` and `layout`, in plain lists."""

# Okabe and Ito's colours: told apart by the colour-blind, and seen on white and on black.
BLUE, ORANGE, GREEN, RED, PURPLE = "#0072b2", "#e69f00", "#009e73", "#d55e00", "#cc79a7"
PALE = "#9aa7b4"
# No colour has 4.5 to 1 on white and on #1a1a1a: the page sets letters in its own (ui/public/attest.css).
INK = "#767f89"
GRID = "rgba(128,138,148,0.25)"
BAND = "rgba(128,138,148,0.10)"
CLEAR = "rgba(0,0,0,0)"
MARK = "★ "


def label(text: str, most: int = 60) -> str:
    """Return the text of a label, cut to `most` characters, without tags and formulas that Plotly reads."""
    line = one_line(text)
    cut = line if len(line) <= most else f"{line[: most - 1]}…"
    return escape(cut).replace("$", "&#36;")


def wrapped(text: str, *, width: int, lines: int) -> str:
    """Return words for a label of at most so many lines of `width` characters; what does not fit is cut."""
    cut = textwrap.wrap(one_line(text), width, max_lines=lines, placeholder="…", break_on_hyphens=False)
    return "<br>".join(label(line, width) for line in cut)


def figure(data: list[dict[str, Any]], title: str, height: int, **layout: Any) -> Figure:  # noqa: ANN401  # JSON
    """Return a transparent figure; `height` in pixels, `title` is not escaped."""
    ground = {
        "title": {"text": label(title, 90), "x": 0, "xref": "paper", "font": {"size": 15}},
        "font": {"color": INK, "family": "system-ui, sans-serif", "size": 12},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "height": height,
        "autosize": True,
        "margin": {"l": 8, "r": 16, "t": 64, "b": 48},
        "hoverlabel": {"align": "left"},
        "template": {},
        "dragmode": False,
    }
    return {"data": data, "layout": {**ground, **layout}}


def notice(title: str, words: str) -> Figure:
    """Return a figure that says why there is nothing to draw."""
    said = {
        "text": label(words, 120),
        "showarrow": False,
        "xref": "paper",
        "yref": "paper",
        "x": 0.5,
        "y": 0.5,
    }
    hidden = {"visible": False}
    return figure([], title, 180, xaxis=hidden, yaxis=hidden, annotations=[said])


def markdown_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table with escaped cells."""
    lines = [headings, ["---"] * len(headings), *([phrase(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
