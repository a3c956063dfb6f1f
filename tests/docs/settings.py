"""Write the settings into docs/settings.md and `.env.example`: `python -m tests.docs.settings`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from graph.config.setting_values import Setting
from graph.config.settings import SETTINGS
from tools.net.endpoint import LANGUAGE
from tools.registry import SERVICES

_HEAD = "| name | default | purpose |\n|---|---|---|\n"


def service_settings() -> list[Setting]:
    """Return where each service is and the key it wants, as settings."""
    found: list[Setting] = []
    for service in SERVICES:
        address, tool = service.address, service.spec.name
        name = f"ATTEST_{address.name}_URL"
        found.append(Setting(name=name, default=address.url, purpose=_place(tool, address.url)))
        if address.key != "none":
            need = "which it cannot do without" if address.key == "required" else "which it can do without"
            name = f"ATTEST_{address.name}_KEY"
            found.append(Setting(name=name, default="", purpose=f"key of `{tool}`, {need}"))
    return found


def _place(tool: str, url: str) -> str:
    named = f"; `{LANGUAGE}` is the code of the language that was chosen" if LANGUAGE in url else ""
    return f"address of `{tool}`{named}"


def row(setting: Setting) -> str:
    """Write a setting as a row of a table."""
    default = f"`{setting.default}`" if setting.default else "empty"
    return f"| `{setting.name}` | {default} | {setting.purpose} |"


def _table(settings: Iterable[Setting]) -> str:
    return _HEAD + "\n".join(row(setting) for setting in settings)


def _put(page: str, name: str, text: str) -> str:
    between = re.compile(rf"(<!-- {name} -->\n).*?(\n<!-- /{name} -->)", re.DOTALL)
    return between.sub(lambda found: found[1] + text + found[2], page)


def main() -> None:
    """Write both files anew."""
    settings, example = Path("docs/settings.md"), Path(".env.example")
    page = _put(settings.read_text(), "settings", _table(SETTINGS))
    settings.write_text(_put(page, "services", _table(service_settings())))
    head = example.read_text().split("\n\n")[0]
    every = (*SETTINGS, *service_settings())
    blocks = [f"# {setting.purpose}\n{setting.name}={setting.default}" for setting in every]
    example.write_text("\n\n".join([head, *blocks]) + "\n")


if __name__ == "__main__":
    main()
