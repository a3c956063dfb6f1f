"""Keep typer from importing pydantic, which takes longer than listing runs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from typer.core import TyperGroup

if TYPE_CHECKING:
    from typer.core import TyperCommand as _Parsed
else:
    _Parsed = object

Convert = Callable[[Any, Any], Any]


class FastConversion(_Parsed):
    """Convert only values from the command line; a default already has its type."""

    def get_params(self, ctx: Any) -> list[Any]:  # noqa: ANN401  # its type is private to typer
        """Return the parameters, `--help` among them."""
        params = super().get_params(ctx)
        for param in params:
            if "process_value" not in vars(param):
                vars(param)["process_value"] = partial(_converted, param, param.process_value)
        return params


class CommandGroup(FastConversion, TyperGroup):
    """Hold the commands."""


def _converted(param: Any, convert: Convert, ctx: Any, value: Any) -> Any:  # noqa: ANN401  # any value
    return value if value is param.default and not param.required else convert(ctx, value)
