"""Show what a person may choose: the settings panel and the modes."""

from __future__ import annotations

import chainlit as cl
from chainlit.context import context
from chainlit.input_widget import InputWidget, MultiSelect, NumberInput, Select, Switch

from graph.config.settings import Settings
from graph.options import DEPTHS, Mode
from ui.chat.conversation.run_choices import (
    ANY,
    APPROVAL,
    APPROVALS,
    BUDGET,
    DEADLINE,
    LANGUAGE,
    PLACES,
    RELEASE,
    RELEASES,
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
    """Show the settings panel in the current session; what was chosen in a stored conversation stays."""
    chosen = dict(context.session.chat_settings)
    made = inputs(settings)
    for each in made:
        if each.id in chosen:
            each.initial = chosen[each.id]
    await cl.ChatSettings(made).send()


def inputs(settings: Settings) -> list[InputWidget]:
    """Return the inputs of the settings panel, set to what the operator chose."""
    return [*_limits(settings), *_questions(), *_places(settings)]


def _limits(settings: Settings) -> list[InputWidget]:
    return [
        NumberInput(
            id=BUDGET,
            label="Budget in dollars",
            initial=settings.budget / 1_000_000,
            description="The most a question may cost. It cannot be overspent.",
        ),
        NumberInput(
            id=DEADLINE,
            label="Deadline in seconds",
            initial=0,
            description="Report what there is after so long. 0: as long as it takes.",
        ),
    ]


def _questions() -> list[InputWidget]:
    return [
        Select(
            id=APPROVAL,
            label="Before it acts",
            items=APPROVALS,
            initial_value="ask",
            description="You can change the plan before anything is searched.",
        ),
        Select(
            id=RELEASE,
            label="Before the report is shown",
            items=RELEASES,
            initial_value="auto",
            description="You read it first, and can hold it back.",
        ),
    ]


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
