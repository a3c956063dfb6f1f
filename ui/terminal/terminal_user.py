"""Name the person at the terminal, and the account a command asks for."""

from __future__ import annotations

import getpass

from graph import installation
from graph.config.settings import Settings
from graph.people.account_name import RESERVED, folded

_TERMINAL = "the command line"


def account() -> str:
    """Return the name to record a decision under: the account of this machine."""
    try:
        return f"{getpass.getuser()} at {_TERMINAL}"
    except (KeyError, OSError, ImportError):  # an account without a name, as containers have them
        return _TERMINAL


def asker_named(settings: Settings, name: str) -> str:
    """Return the id of the account of that name, or the name itself where there is no such account."""
    plain = folded(name)
    if plain is None or plain in RESERVED:
        return name
    return installation.account_id(settings, plain) or name
