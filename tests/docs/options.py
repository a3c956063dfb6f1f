"""Write the options of a run into docs/options.md: `python -m tests.docs.options`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Any

from graph.option_field import RunOption
from graph.options import run_options

PAGE = Path("docs/options.md")
_HEAD = "| option | default | values | what it does |\n|---|---|---|---|\n"


def table() -> str:
    """Return the options as a table in Markdown."""
    return _HEAD + "\n".join(_row(option) for option in run_options().values())


def _row(option: RunOption) -> str:
    note = "" if option.about.free else " (set by the operator)"
    return f"| `{option.name}` | {_shown(option.default)} | {_values(option)} | {option.about.help}{note} |"


def _shown(default: Any) -> str:  # noqa: ANN401 - of any option
    words = ", ".join(default) if isinstance(default, tuple) else str(default).lower()
    return f"`{words}`" if words else "empty"


def _values(option: RunOption) -> str:
    about = option.about
    if isinstance(option.default, StrEnum):
        return ", ".join(f"`{word}`" for word in option.kind)
    if about.most is not None:
        return f"{about.unit} from {about.least} to {about.most:,}".strip()
    if isinstance(option.default, bool):
        return "`true`, `false`"
    return "list of texts" if isinstance(option.default, tuple) else "text"


def main() -> None:
    """Write the page anew."""
    text = PAGE.read_text(encoding="utf-8")
    head, foot = text.split("<!-- options -->")[0], text.split("<!-- /options -->")[1]
    PAGE.write_text(f"{head}<!-- options -->\n{table()}\n<!-- /options -->{foot}", encoding="utf-8")


if __name__ == "__main__":
    main()
