"""Ask for a new password without showing it."""

from __future__ import annotations

import getpass
import sys

from graph.errors import Misconfigured
from graph.people.passwords import MOST_PASSWORD
from ui.terminal.streams import is_terminal


def new_password(*, from_stdin: bool) -> str:
    """Return a password typed twice at the terminal, or the first line of stdin; raises Misconfigured."""
    if from_stdin:
        return sys.stdin.readline(MOST_PASSWORD + 2).rstrip("\r\n")
    if not is_terminal(sys.stdin):
        raise Misconfigured("there is no terminal to ask at: give the password with --password-stdin")
    password = getpass.getpass("password: ")
    if getpass.getpass("once more: ") != password:
        raise Misconfigured("the two passwords differ: nothing was changed")
    return password
