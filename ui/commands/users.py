"""attest users."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Annotated

import typer

from graph.config.settings import Settings
from graph.options import Role
from ui.terminal.exits import Command
from ui.terminal.fast_typer import CommandGroup
from ui.terminal.streams import answer, tell

if TYPE_CHECKING:
    from graph.people.accounts import Accounts

EXAMPLE = "Example: attest users add ann --role analyst"

users = typer.Typer(
    name="users",
    cls=CommandGroup,
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
    from graph.people import account_name, passwords  # noqa: PLC0415  # as in _accounts
    from ui.terminal import ask_password  # noqa: PLC0415  # as in _accounts

    name = account_name.checked_name(name)
    password = passwords.checked_password(ask_password.new_password(from_stdin=password_stdin), name)
    with _accounts() as accounts:
        account = accounts.add(name, password, role)
    answer(f"{account.name} may come in as {account.role}")


@users.command("list", cls=Command, epilog="\b\nExample: attest users list --json")
def list_users(
    *, as_json: Annotated[bool, typer.Option("--json", help="Print the accounts as JSON.")] = False
) -> None:
    """List the accounts, their roles, how they come in, and the ids of their tokens; no secret is shown."""
    from ui.operate import users_table  # noqa: PLC0415  # as above

    with _accounts() as accounts:
        users_table.show(accounts.listed(), as_json=as_json)


@users.command(cls=Command, epilog="\b\nExample: attest users passwd ann")
def passwd(name: Name, *, password_stdin: FromStdin = False) -> None:
    """Change a password, asked for twice, and end every session of the account."""
    from ui.terminal import ask_password  # noqa: PLC0415  # as above

    with _accounts() as accounts:
        accounts.known(name)
        accounts.set_password(name, ask_password.new_password(from_stdin=password_stdin))
    answer("the password is changed; browsers must log in again, and tokens stay valid: attest users revoke")


@users.command(cls=Command, epilog="\b\nExample: attest users role ann admin")
def role(
    name: Name, role: Annotated[Role, typer.Argument(metavar="ROLE", help="viewer, analyst or admin.")]
) -> None:
    """Change what an account may do, at once; browsers must log in again."""
    with _accounts() as accounts:
        accounts.set_role(name, role)
    answer(f"{name.lower()} is {role} now; browsers must log in again")


@users.command(cls=Command, epilog="\b\nExample: attest users logout ann")
def logout(name: Name) -> None:
    """End every session of an account, in every browser; tokens stay."""
    with _accounts() as accounts:
        accounts.log_out(name)
    answer(f"{name.lower()} is logged out everywhere; tokens stay valid: attest users revoke")


@users.command(cls=Command, epilog="\b\nExample: attest users unlink ann@example.org")
def unlink(name: Name) -> None:
    """Forget whose an account is at a provider: the next login with its mail address takes it again."""
    with _accounts() as accounts:
        was = accounts.unlink(name)
    answer(
        f"{name.lower()} belongs to whoever next comes in with that verified mail address"
        if was
        else f"{name.lower()} belonged to nobody at a provider"
    )


@users.command(
    cls=Command,
    epilog="\b\nExamples:\n"
    "  attest users remove ann                # may not come in any more; what is theirs stays\n"
    "Example: attest users remove ann --with-data",
)
def remove(
    name: Name,
    *,
    with_data: Annotated[
        bool,
        typer.Option("--with-data", help="Delete its runs, conversations, files, feedback and caps too."),
    ] = False,
) -> None:
    """Remove an account, its sessions and its tokens, and say what of it stays."""
    from graph.people import account_removal  # noqa: PLC0415  # as above

    settings = Settings.from_environment()
    with _accounts() as accounts:
        answer(account_removal.remove(settings, accounts, name, with_data=with_data))


@users.command(
    cls=Command, epilog='\b\nExample: attest users token ann --label "nightly report" --expires 90d'
)
def token(
    name: Name,
    *,
    label: Annotated[str, typer.Option(metavar="TEXT", help="What it is for, as the list shows it.")] = "",
    expires: Annotated[
        str | None, typer.Option(metavar="TIME", help="How long it holds: 12h, 90d, 8w. [default: for ever]")
    ] = None,
) -> None:
    """Make a bearer token for the HTTP API; it is printed once and kept nowhere."""
    from ui.operate.token_lifetime import seconds_of  # noqa: PLC0415  # only here

    lasts = seconds_of(expires) if expires is not None else None
    with _accounts() as accounts:
        given = accounts.give_token(name, label, lasts)
    answer(given.text)
    tell(f"token {given.id} of {name.lower()}; it is not shown again: attest users revoke {name} {given.id}")


@users.command(cls=Command, epilog="\b\nExample: attest users revoke ann 1f9c27ab")
def revoke(
    name: Name,
    token_id: Annotated[str, typer.Argument(metavar="TOKEN", help="Its id, as the list shows it.")],
) -> None:
    """Make a token worthless at once."""
    with _accounts() as accounts:
        accounts.revoke_token(name, token_id)
    answer(f"token {token_id} of {name.lower()} opens nothing any more")


def _accounts() -> AbstractContextManager[Accounts]:
    from graph.people import open_accounts  # noqa: PLC0415  # as above

    return open_accounts.accounts_of(Settings.from_environment(), tell)
