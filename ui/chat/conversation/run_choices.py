"""Turn what a person chose in the chat into the options of a run."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import Any

from graph.config.settings import Settings, micros
from graph.errors import Misconfigured, Refused
from graph.option_field import Entrance, RunOption
from graph.options import Mode, Options, run_options
from graph.people.accounts import Account
from graph.people.policy_access import role_of_run, share_of
from guards.language_code import is_language

BUDGET, SOURCES, TOGETHER, LANGUAGE = "budget", "sources", "together", "language"
IDS = {"approve": "approval"}
"""The inputs that stored conversations know by another name than that of their option."""
PLACES = {
    "Documents": "documents",
    "The web": "web",
    "Scholarly works": "scholarly",
    "Developer communities": "community",
}
ANY = "any"  # the page takes no empty text for a choice
LANGUAGES = {
    "Any language": ANY,
    "English": "en",
    "Arabic": "ar",
    "Chinese": "zh",
    "Czech": "cs",
    "Dutch": "nl",
    "French": "fr",
    "German": "de",
    "Greek": "el",
    "Hebrew": "he",
    "Hindi": "hi",
    "Hungarian": "hu",
    "Indonesian": "id",
    "Italian": "it",
    "Japanese": "ja",
    "Korean": "ko",
    "Persian": "fa",
    "Polish": "pl",
    "Portuguese": "pt",
    "Romanian": "ro",
    "Russian": "ru",
    "Spanish": "es",
    "Swedish": "sv",
    "Turkish": "tr",
    "Ukrainian": "uk",
    "Vietnamese": "vi",
}
NO_DOCUMENTS = (
    "there are no documents to search: attach files with the paper clip, or choose other sources in the "
    "settings; whoever runs this server can name folders in ATTEST_DOCS"
)


def options(
    chosen: Mapping[str, Any], mode: str | None, asker: Account, settings: Settings, attached: Path | None
) -> Options:
    """Return the options of a run; raise Refused or Misconfigured for a choice that cannot be met.

    `attached` is the folder of the files of this conversation, or None. They are searched alone, unless the
    person chose to search them together with the documents of the installation.
    """
    sources = _sources(chosen.get(SOURCES, settings.sources), attached)
    docs = _docs(settings, attached, together=bool(chosen.get(TOGETHER)))
    if "documents" in sources and not docs:
        raise Refused(NO_DOCUMENTS)
    return Options(
        docs=docs if "documents" in sources else (),
        sources=sources,
        mode=Mode(mode) if mode in set(Mode) else Mode.STANDARD,
        budget=_budget(chosen.get(BUDGET), settings),
        user=asker.id,
        share=share_of(asker, settings),
        role=role_of_run(asker, settings.role),
        language=_language(chosen.get(LANGUAGE), settings),
        **_described(chosen),
    )


def languages(settings: Settings) -> dict[str, str]:
    """Return the languages to choose from, with that of the operator."""
    known = settings.language in {"", *LANGUAGES.values()}
    return LANGUAGES if known else {**LANGUAGES, settings.language: settings.language}


def _sources(chosen: object, attached: Path | None) -> tuple[str, ...]:
    """Return each source once; attached files add the documents."""
    named = (
        [str(each) for each in chosen] if isinstance(chosen, Sequence) and not isinstance(chosen, str) else []
    )
    sources = tuple(dict.fromkeys([*named, *(["documents"] if attached else [])]))
    if not sources:
        raise Refused("no source is chosen: choose at least one in the settings")
    return sources


def _docs(settings: Settings, attached: Path | None, *, together: bool) -> tuple[str, ...]:
    if attached is None:
        return settings.docs
    return (str(attached), *settings.docs) if together else (str(attached),)


def _budget(chosen: object, settings: Settings) -> int:
    if chosen in (None, ""):
        return settings.budget
    try:
        return micros(str(chosen), "the budget")
    except Misconfigured as error:
        raise Refused(str(error)) from None


def _language(chosen: object, settings: Settings) -> str:
    if chosen in (None, ""):
        return settings.language
    if chosen == ANY:
        return ""
    if isinstance(chosen, str) and is_language(chosen):
        return chosen
    raise Refused("the language of sources is none: choose another in the settings")


def _described(chosen: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was chosen for the options that are offered as they are described."""
    offered = run_options(Entrance.CHAT)
    return {name: _value(option, chosen.get(IDS.get(name, name))) for name, option in offered.items()}


def _value(option: RunOption, chosen: object) -> object:
    """Read one choice, or the default where there is none. Raises Refused for a number out of bounds."""
    about = option.about
    if isinstance(option.default, Enum):
        words = {str(word) for word in option.kind}
        return option.kind(
            chosen if isinstance(chosen, str) and chosen in words else about.initial or option.default
        )
    if isinstance(option.default, bool):
        return bool(chosen)
    if chosen in (None, ""):
        return option.default
    if isinstance(chosen, int | float) and about.least <= chosen <= (about.most or math.inf):
        return option.kind(chosen)
    raise Refused(
        f"the {option.name} is no number of {about.unit} from {about.least} to {about.most}: "
        "change it in the settings"
    )
