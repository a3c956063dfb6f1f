"""Draw a timeline as one SVG file: no script, no font and no picture from elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, indent, tostring  # it only writes

from graph.report.timeline import Stage, Timeline, TimelineRow
from guards.visible_text import one_line
from ui.report.timeline.timeline_words import FAILED, ending, fitted, label, seconds, summary, ticks

WIDTH = 1200
LEFT = 400
PLOT = 620
ROW = 22
HEAD = 84
BAR = 14
LEAST_BAR = 2
LABEL_CELLS = 54
TITLE_CELLS = 110
MOST_TICKS = 10
LETTER = 7.5
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

STYLE = """
svg { font: 12px system-ui, sans-serif; }
.page { fill: #ffffff; } text { fill: #1f2328; }
.quiet { fill: #59636e; } .heading { font-size: 15px; font-weight: 600; }
.grid { stroke: #d1d9e0; } .stage { fill: #eaeef2; stroke: #818b98; }
.waited { fill: #b6c2cf; } .ran { fill: #4c8dd6; } .failed { fill: #d1603d; } .ready { fill: #5aa469; }
.point { fill: none; stroke: #818b98; }
.path { stroke: #7a3e00; stroke-width: 2; } .hatch { stroke: #ffffff; }
.chosen { fill: #7a3e00; font-weight: 600; }
@media (prefers-color-scheme: dark) {
.page { fill: #0d1117; } text { fill: #e6edf3; } .quiet { fill: #9198a1; }
.grid { stroke: #30363d; } .stage { fill: #21262d; stroke: #6e7681; }
.waited { fill: #4b5563; } .ran { fill: #388bfd; } .failed { fill: #f0764a; } .ready { fill: #3fb950; }
.point { stroke: #8b949e; }
.path { stroke: #f2cc60; } .hatch { stroke: #0d1117; }
.chosen { fill: #f2cc60; }
}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Place a rectangle, in pixels from the upper left corner."""

    x: float
    y: float
    width: float
    height: float = BAR

    def attributes(self) -> dict[str, str]:
        """Return it as SVG writes it."""
        return {
            "x": f"{self.x:.1f}",
            "y": f"{self.y:.1f}",
            "width": f"{self.width:.1f}",
            "height": f"{self.height:.1f}",
        }


def picture(drawn: Timeline, name: str) -> str:
    """Return the SVG of a timeline; `name` is the run and what it asked."""
    height = HEAD + ROW * max(len(drawn.rows), 1) + 64
    root = _root(drawn, name, height)
    _text(root, 16, 28, fitted(_clean(name), TITLE_CELLS).rstrip(), "heading")
    _scale(root, drawn, height - 56)
    for stage in drawn.stages:
        _stage(root, drawn, stage)
    for at, row in enumerate(drawn.rows):
        _call(root, drawn, row, HEAD + ROW * at)
    if not drawn.rows:
        _text(root, 16, HEAD + BAR, "no calls were made", "quiet")
    _legend(root, height - 14)
    indent(root)
    return tostring(root, encoding="unicode") + "\n"


def _root(drawn: Timeline, name: str, height: int) -> Element:
    root = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {WIDTH} {height}"})
    root.attrib |= {
        "width": str(WIDTH),
        "height": str(height),
        "role": "img",
        "aria-labelledby": "title desc",
    }
    SubElement(root, "title", {"id": "title"}).text = f"Timeline of {_clean(name)}"
    SubElement(root, "desc", {"id": "desc"}).text = f"{_counted(drawn)}; {summary(drawn)}: {_chain(drawn)}"
    SubElement(root, "style").text = STYLE
    SubElement(root, "rect", {"class": "page", "width": "100%", "height": "100%"})
    _define(SubElement(root, "defs"))
    _text(root, 16, 50, f"{_counted(drawn)}; {summary(drawn)}", "quiet")
    return root


def _define(parent: Element) -> None:
    """Define the hatching of the critical path, and the clip path of the labels."""
    pattern = SubElement(parent, "pattern", {"id": "hatch", "width": "6", "height": "6"})
    pattern.attrib |= {"patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"}
    SubElement(pattern, "path", {"class": "hatch", "d": "M0 0V6", "stroke-width": "2"})
    column = SubElement(parent, "clipPath", {"id": "labels"})
    SubElement(column, "rect", {"width": str(LEFT - 8), "height": "100%"})


def _call(root: Element, drawn: Timeline, row: TimelineRow, y: int) -> None:
    group = SubElement(root, "g")
    SubElement(group, "title").text = _clean(
        f"{label(row)}: {ending(row)}, {seconds(row.end - row.start)} from {seconds(row.start)}, {row.detail}"
    ).rstrip(", ")
    if row.critical:
        _text(group, 6, y + 12, "*", "chosen")
    named = _text(group, 16, y + 12, fitted(_clean(label(row)), LABEL_CELLS).rstrip(), _chosen(row))
    named.set("clip-path", "url(#labels)")
    if not row.asked:
        _point(group, _x(drawn, row.start), y + BAR / 2)
    else:
        _bar(group, drawn, row, y)
    tail = f"{seconds(row.end - row.start)}  {ending(row)}"
    _text(group, LEFT + PLOT + 16, y + 12, tail, _chosen(row))


def _bar(group: Element, drawn: Timeline, row: TimelineRow, y: int) -> None:
    whole = _box(drawn, row.start, row.end, y)
    SubElement(group, "rect", {"class": _kind(row), **whole.attributes()})
    if row.waited:
        waited = _box(drawn, row.start, row.start + row.waited, y)
        SubElement(group, "rect", {"class": "waited", **waited.attributes()})
    if row.critical:
        _marked(group, whole)


def _point(parent: Element, x: float, y: float) -> None:
    SubElement(parent, "circle", {"class": "point", "cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": "3"})


def _marked(group: Element, box: Box) -> None:
    """Mark the critical path by colour, hatching and outline, so that everybody sees one of them."""
    SubElement(group, "rect", {"class": "path", "fill": "url(#hatch)", **box.attributes()})


def _stage(root: Element, drawn: Timeline, stage: Stage) -> None:
    box = _box(drawn, stage.start, stage.end, HEAD - 26)
    group = SubElement(root, "g")
    SubElement(group, "title").text = f"{stage.phase}: {seconds(stage.end - stage.start)}"
    SubElement(group, "rect", {"class": "stage", **box.attributes()})
    if box.width > LETTER * len(stage.phase):
        _text(group, box.x + 4, HEAD - 15, str(stage.phase), "quiet")


def _scale(root: Element, drawn: Timeline, bottom: int) -> None:
    for tick in ticks(drawn.wall, MOST_TICKS):
        x = _x(drawn, tick.at)
        line = {"class": "grid", "x1": f"{x:.1f}", "y1": str(HEAD - 26), "x2": f"{x:.1f}", "y2": str(bottom)}
        SubElement(root, "line", line)
        _text(root, x, bottom + 14, tick.label, "quiet")


def _legend(root: Element, y: int) -> None:
    x = 16.0
    for kind, word in _KINDS.items():
        box = Box(x=x, y=y - 11, width=BAR)
        SubElement(root, "rect", {"class": "ran" if kind == "path" else kind, **box.attributes()})
        if kind == "path":
            _marked(root, box)
        _text(root, x + BAR + 6, y, word, "quiet")
        x += BAR + 28 + LETTER * len(word)
    _point(root, x + BAR / 2, y - 4)
    _text(root, x + BAR + 6, y, "not asked", "quiet")


_KINDS = {
    "waited": "waited in line",
    "ran": "ran",
    "ready": "cached or replayed",
    "failed": "failed, denied or stopped",
    "path": "critical path",
}


def _kind(row: TimelineRow) -> str:
    if row.outcome in FAILED:
        return "failed"
    return "ready" if row.cached or row.replayed else "ran"


def _chosen(row: TimelineRow) -> str:
    return "chosen" if row.critical else ""


def _counted(drawn: Timeline) -> str:
    return f"{len(drawn.rows)} call{'' if len(drawn.rows) == 1 else 's'}"


def _chain(drawn: Timeline) -> str:
    path = sorted((row for row in drawn.rows if row.critical), key=lambda row: row.start)
    return _clean(", then ".join(f"{row.task} ({row.tool})" for row in path)) or "none"


def _box(drawn: Timeline, start: float, end: float, y: int) -> Box:
    x = _x(drawn, start)
    return Box(x=x, y=y, width=max(_x(drawn, end) - x, LEAST_BAR))


def _x(drawn: Timeline, at: float) -> float:
    return LEFT + PLOT * at / (drawn.wall or 1.0)


def _text(parent: Element, x: float, y: float, words: str, kind: str) -> Element:
    place = {"x": f"{x:.1f}", "y": f"{y:.1f}"} | ({"class": kind} if kind else {})
    text = SubElement(parent, "text", place)
    text.text = words
    return text


def _clean(text: str) -> str:
    """Return the text on one line, without characters that XML cannot hold."""
    return _NOT_XML.sub("\ufffd", one_line(text))
