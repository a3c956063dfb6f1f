"""Name who sits at the terminal."""

from __future__ import annotations

import getpass

_TERMINAL = "the command line"


def account() -> str:
    """Return the account of this machine that types, as a decision is recorded under."""
    try:
        return f"{getpass.getuser()} at {_TERMINAL}"
    except (KeyError, OSError, ImportError):  # an account without a name, as containers have them
        return _TERMINAL
