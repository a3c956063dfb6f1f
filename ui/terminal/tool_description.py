"""Describe a tool to a person before they approve a call of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from guards.visible_text import one_line

HERE = "this machine"


def place(about: Mapping[str, Any]) -> str:
    """Say what a call does and where, as `(WRITES, server birds, birds.example.org)`."""
    if "effect" not in about:
        return ""
    effect = "WRITES" if about["effect"] == "writes" else "reads"
    server = f"server {one_line(str(about['server']))}" if about.get("server") else ""
    return f"({', '.join(filter(None, [effect, server, one_line(str(about.get('host') or HERE))]))})"


def defaults(about: Mapping[str, Any]) -> list[str]:
    """Return a line for each argument that a call leaves out."""
    return [
        f"{one_line(name)}: {_value(value)} (default)" for name, value in about.get("defaults", {}).items()
    ]


def _value(value: object) -> str:
    return one_line(value if isinstance(value, str) and value else json.dumps(value, ensure_ascii=False))


def words(about: Mapping[str, Any]) -> list[str]:
    """Return the description that a server gives its tool, marked as the server's words."""
    said = one_line(str(about.get("server_says", "")))
    return [f"{one_line(str(about['server']))} says of it, unchecked: \u201c{said}\u201d"] if said else []
