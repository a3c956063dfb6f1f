"""Draw which claim rests on which source, and the verdict of each claim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ui.report.claim_lines import claim_text
from ui.report.claim_verdict import verdict_words
from ui.report.figures.canvas import (
    BLUE,
    CLEAR,
    GREEN,
    INK,
    ORANGE,
    RED,
    Figure,
    figure,
    label,
    markdown_table,
    notice,
    wrapped,
)
from ui.report.readable_text import readable

TITLE = "Claims and the sources they rest on"
NOTHING = "This report makes no claim."
MOST = 24
"""How many claims, and how many sources, stay readable."""
_ROW, _FRAME, _LONG = 52, 130, 160
_WIDTH, _DEEP = 18, 3
"""Labels have a third of a narrow panel each: so many characters, and lines, stay readable there."""
_LINES = {
    "supported": (GREEN, "solid"),
    "contradicted": (RED, "dash"),
    "unverified": (ORANGE, "dot"),
}


def support(report: Mapping[str, Any]) -> Figure:
    """Return claims on the left, sources on the right, and a line for each that a claim cites."""
    if not report["claims"]:
        return notice(TITLE, NOTHING)
    claims, sources = report["claims"][:MOST], report["sources"][:MOST]
    count = max(len(claims), len(sources)) + 1
    lefts = _heights(len(claims), count)
    rights = dict(zip((source["id"] for source in sources), _heights(len(sources), count), strict=True))
    lines = [_lines(verdict, claims, lefts, rights) for verdict in _LINES]
    return figure(
        [
            *(line for line in lines if line["x"]),
            _nodes("claims", 0, lefts, [claim_text(claim) for claim in claims], BLUE),
            _nodes("sources", 1, list(rights.values()), [_named(source) for source in sources], INK),
        ],
        TITLE,
        _FRAME + _ROW * count,
        xaxis={"range": [-1.5, 2.5], "visible": False, "fixedrange": True},
        yaxis={"range": [count - 0.5, -0.5], "visible": False, "fixedrange": True},
        annotations=_more(report, count),
        legend={"orientation": "h", "x": 0, "yref": "container", "y": 0, "yanchor": "bottom"},
        hovermode="closest",
        margin={"l": 4, "r": 4, "t": 64, "b": 48},
    )


def describe(report: Mapping[str, Any]) -> str:
    """Return the same as a Markdown table, with every claim."""
    titles = {source["id"]: _named(source) for source in report["sources"]}
    rows = [
        (
            str(at),
            claim_text(claim),
            ", ".join(verdict_words(claim)),
            "; ".join(titles.get(each, each) for each in _cited(claim)),
        )
        for at, claim in enumerate(report["claims"], start=1)
    ]
    return markdown_table(("Claim", "Text", "Verdict", "Sources"), rows) if rows else NOTHING


def _heights(number: int, count: int) -> list[float]:
    """Spread one side over the height of the longer one; the last row is for what is left out."""
    step = (count - 1) / number if number else 0.0
    return [step * (at + 0.5) - 0.5 for at in range(number)]


def _lines(
    verdict: str, claims: Sequence[Mapping[str, Any]], lefts: Sequence[float], rights: Mapping[str, float]
) -> dict[str, Any]:
    """Return the lines of a verdict in one trace; None separates two lines."""
    ends = [
        (left, rights[source])
        for claim, left in zip(claims, lefts, strict=True)
        if claim["verdict"] == verdict
        for source in _cited(claim)
        if source in rights
    ]
    colour, dash = _LINES[verdict]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": verdict,
        "x": [x for _ in ends for x in (0, 1, None)],
        "y": [y for end in ends for y in (*end, None)],
        "line": {"color": colour, "dash": dash, "width": 2},
        "hoverinfo": "skip",
    }


def _nodes(name: str, x: int, heights: Sequence[float], words: Sequence[str], colour: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": name,
        "showlegend": False,
        "x": [x] * len(heights),
        "y": list(heights),
        "text": [wrapped(each, width=_WIDTH, lines=_DEEP) for each in words],
        "textfont": {"size": 11},
        "textposition": "middle right" if x else "middle left",
        "hovertext": [label(each, _LONG) for each in words],
        "hoverinfo": "text",
        "marker": {"color": colour, "size": 10, "line": {"width": 0, "color": CLEAR}},
        "cliponaxis": False,
    }


def _more(report: Mapping[str, Any], count: int) -> list[dict[str, Any]]:
    return [
        {
            "text": f"and {len(report[side]) - MOST} more {side}",
            "x": x,
            "y": count - 1,
            "showarrow": False,
            "xanchor": "left" if x else "right",
        }
        for side, x in (("claims", 0), ("sources", 1))
        if len(report[side]) > MOST
    ]


def _cited(claim: Mapping[str, Any]) -> list[str]:
    return list(dict.fromkeys(citation["source"] for citation in claim["citations"]))


def _named(source: Mapping[str, Any]) -> str:
    return readable(str(source["title"])) or str(source["location"])
