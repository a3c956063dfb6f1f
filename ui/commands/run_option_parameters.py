"""Make the parameters of a command from the options of a run."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Annotated, Any, TypeVar

import typer

from graph.option_field import Entrance, RunOption
from graph.options import run_options

Command = TypeVar("Command", bound=Callable[..., None])


def with_run_options(command: Command) -> Command:
    """Put a parameter for each option that commands offer in the place of the `**` of a command."""
    signature = inspect.signature(command, eval_str=True)
    own = [each for each in signature.parameters.values() if each.kind is not each.VAR_KEYWORD]
    made = [_parameter(option) for option in run_options(Entrance.COMMAND).values()]
    command.__annotations__ = {each.name: each.annotation for each in (*own, *made)}
    command.__signature__ = signature.replace(parameters=[*own, *made])  # type: ignore[attr-defined]  # read by inspect
    return command


def _parameter(option: RunOption) -> inspect.Parameter:
    return inspect.Parameter(
        option.name,
        inspect.Parameter.KEYWORD_ONLY,
        default=option.default,
        annotation=Annotated[option.kind, _input(option)],
    )


def _input(option: RunOption) -> Any:  # noqa: ANN401 - typer's own
    about = option.about
    text = f"{about.help}."
    if about.most is None:
        return typer.Option(help=text)
    metavar = about.unit.upper() or f"{about.least}..{about.most}"
    return typer.Option(metavar=metavar, min=about.least, max=about.most, help=text)
