"""attest users."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from graph.errors import Misconfigured
from graph.options import Role
from graph.settings import Settings
from ui.exits import Command
from ui.lean import Commands
from ui.terminal import answer

if TYPE_CHECKING:
    from ui.people.accounts import Accounts

EXAMPLE = "Example: attest users add ann --role analyst"

users = typer.Typer(
    name="users",
    cls=Commands,
    help="Say who may come in by the chat and the HTTP API, as what.",
    epilog=f"\b\n{EXAMPLE}",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Name = Annotated[str, typer.Argument(metavar="NAME", help="The name of the account.")]
FromStdin = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from stdin, instead of asking.")
]


@users.command(cls=Command, epilog="\b\nExample: attest users add ann --role viewer")
def add(
    name: Name,
    *,
    role: Annotated[Role, typer.Option(help="What the account may do; the policy says it.")] = Role.ANALYST,
    password_stdin: FromStdin = False,
) -> None:
    """Make an account; its password is asked for twice."""
    from ui.people import accounts, ask_password  # noqa: PLC0415  # `attest --help` need not wait for it

    name = accounts.checked_name(name)
    account = _accounts().add(name, ask_password.new_password(from_stdin=password_stdin), role)
    answer(f"{account.name} may come in as {account.role}")


@users.command("list", cls=Command, epilog="\b\nExample: attest users list --json")
def list_users(
    *, as_json: Annotated[bool, typer.Option("--json", help="Print the accounts as JSON.")] = False
) -> None:
    """List the accounts, their roles and their tokens; no password and no token is shown."""
    from ui.people import users_table  # noqa: PLC0415  # as above

    users_table.show(_accounts().listed(), as_json=as_json)


@users.command(cls=Command, epilog="\b\nExample: attest users passwd ann")
def passwd(name: Name, *, password_stdin: FromStdin = False) -> None:
    """Change a password; it is asked for twice."""
    from ui.people import ask_password  # noqa: PLC0415  # as above

    accounts = _accounts()
    if accounts.find(name) is None:
        raise Misconfigured("there is no account of that name: see attest users list")
    accounts.set_password(name, ask_password.new_password(from_stdin=password_stdin))
    answer("the password is changed; browsers that are logged in stay so, and tokens stay valid")


@users.command(cls=Command, epilog="\b\nExample: attest users role ann admin")
def role(
    name: Name, role: Annotated[Role, typer.Argument(metavar="ROLE", help="viewer, analyst or admin.")]
) -> None:
    """Change what an account may do, from its next request on."""
    _accounts().set_role(name, role)
    answer(f"{name.lower()} is {role} now")


@users.command(cls=Command, epilog="\b\nExample: attest users remove ann")
def remove(name: Name) -> None:
    """Remove an account and its tokens; its runs stay."""
    _accounts().remove(name)
    answer(f"{name.lower()} may not come in any more")


@users.command(cls=Command, epilog='\b\nExample: attest users token ann --label "nightly report"')
def token(
    name: Name,
    *,
    label: Annotated[str, typer.Option(metavar="TEXT", help="What it is for, as the list shows it.")] = "",
) -> None:
    """Make a bearer token for the HTTP API; it is printed once and kept nowhere."""
    from ui.terminal import tell  # noqa: PLC0415  # only here

    given = _accounts().give_token(name, label)
    answer(given.text)
    tell(f"token {given.id} of {name.lower()}; it is not shown again: attest users revoke {name} {given.id}")


@users.command(cls=Command, epilog="\b\nExample: attest users revoke ann 1f9c27ab")
def revoke(
    name: Name,
    token_id: Annotated[str, typer.Argument(metavar="TOKEN", help="Its id, as the list shows it.")],
) -> None:
    """Make a token worthless at once."""
    _accounts().revoke_token(name, token_id)
    answer(f"token {token_id} of {name.lower()} opens nothing any more")


def _accounts() -> Accounts:
    from ui.people import accounts  # noqa: PLC0415  # as above

    return accounts.Accounts(Settings.from_environment().home)
