"""Show the settings panel and the modes."""

from __future__ import annotations

from enum import Enum

import chainlit as cl
from chainlit.context import context
from chainlit.input_widget import InputWidget, MultiSelect, NumberInput, Select, Switch

from graph.config.settings import Settings
from graph.option_field import Entrance, RunOption
from graph.options import DEPTHS, Mode, run_options
from ui.chat.conversation.run_choices import (
    ANY,
    BUDGET,
    IDS,
    LANGUAGE,
    PLACES,
    SOURCES,
    TOGETHER,
    languages,
)

_MODES = {
    Mode.QUICK: "A short look: up to {0.branches} lines of inquiry, no follow-ups.",
    Mode.STANDARD: "The usual: up to {0.branches} lines of inquiry, and names found are followed once.",
    Mode.DEEP: "The longest: up to {0.branches} lines of inquiry, and names found are followed twice.",
}


def profiles() -> list[cl.ChatProfile]:
    """Return the modes as chat profiles."""
    return [
        cl.ChatProfile(
            name=str(mode),
            display_name=mode.capitalize(),
            markdown_description=said.format(DEPTHS[mode]),
            default=mode is Mode.STANDARD,
        )
        for mode, said in _MODES.items()
    ]


async def show(settings: Settings) -> None:
    """Show the settings panel in the current session, with what was chosen in a stored conversation."""
    chosen = dict(context.session.chat_settings)
    made = inputs(settings)
    for each in made:
        if each.id in chosen:
            each.initial = chosen[each.id]
    await cl.ChatSettings(made).send()


def inputs(settings: Settings) -> list[InputWidget]:
    """Return the inputs of the settings panel, with the values of the operator."""
    described = [_described(option) for option in run_options(Entrance.CHAT).values()]
    numbers = [each for each in described if isinstance(each, NumberInput)]
    others = [each for each in described if not isinstance(each, NumberInput)]
    return [_budget(settings), *numbers, *others, *_places(settings)]


def _budget(settings: Settings) -> InputWidget:
    return NumberInput(
        id=BUDGET,
        label="Budget in dollars",
        initial=settings.budget / 1_000_000,
        description="The most a question may cost. It cannot be overspent.",
    )


def _described(option: RunOption) -> InputWidget:
    """Return the input of an option that is offered as it is described."""
    about, name = option.about, IDS.get(option.name, option.name)
    note = about.note or f"{about.help}."
    if isinstance(option.default, Enum):
        words = about.choices or {str(each): str(each).capitalize() for each in option.kind}
        items = {said: value for value, said in words.items()}
        initial = about.initial or str(option.default)
        return Select(id=name, label=about.label, items=items, initial_value=initial, description=note)
    if isinstance(option.default, bool):
        return Switch(id=name, label=about.label, initial=option.default, description=note)
    return NumberInput(id=name, label=about.label, initial=option.default, description=note)


def _places(settings: Settings) -> list[InputWidget]:
    return [
        MultiSelect(
            id=SOURCES,
            label="Where to look",
            items=PLACES,
            initial=[place for place in settings.sources if place in PLACES.values()],
            description="Your words go to the services of the sources you choose. Documents stay here.",
        ),
        Select(
            id=LANGUAGE,
            label="Language of sources",
            items=languages(settings),
            initial_value=settings.language or ANY,
            description="Where to look on the web. Answers come in the language of their sources.",
        ),
        Switch(
            id=TOGETHER,
            label="Search attached files together with the documents of this installation",
            initial=False,
            description="Otherwise attached files are searched alone.",
        ),
    ]
