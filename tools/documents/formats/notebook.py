"""Jupyter notebooks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from graph.errors import Unusable
from tools.documents.decode import decode
from tools.documents.formats import markdown
from tools.documents.normalise import normalise
from tools.documents.parsed import Parsed
from tools.documents.text_builder import TextBuilder


def parse(data: bytes) -> Parsed:
    """Write the cells in order: text as Markdown, code and what it printed as code."""
    try:
        cells = json.loads(decode(data))["cells"]
    except (ValueError, KeyError, TypeError) as error:
        raise Unusable("it is damaged or no .ipynb file") from error
    text, title = TextBuilder(), None
    for cell in cells:
        source = _joined(cell.get("source"))
        if cell.get("cell_type") == "markdown":
            title = markdown.add(text, normalise(source)) or title if title is None else title
        elif cell.get("cell_type") == "code":
            text.code(source)
            for output in cell.get("outputs", ()):
                text.code(_printed(output))
    return text.build(title=title)


def _printed(output: Mapping[str, Any]) -> str:
    """Return the text that code printed or gave back; pictures have none."""
    data = output.get("data")
    shown = data.get("text/plain") if isinstance(data, Mapping) else None
    return _joined(output.get("text", shown))


def _joined(lines: object) -> str:
    return "".join(map(str, lines)) if isinstance(lines, list) else str(lines or "")
