"""attest resume."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from graph import installation
from graph.config.settings import Settings, micros
from graph.errors import Misconfigured
from guards.strict_json import read_json
from ui.terminal.find_run import find_run
from ui.terminal.terminal_user import account

EXAMPLE = "Example: attest resume 20261120-1012 --edit plan.json"
MOST_BYTES = 4 * 2**20


def resume(  # noqa: PLR0913  # one parameter for each option of the command
    run: Annotated[str, typer.Argument(metavar="RUN", help="A run id or its unique beginning.")],
    *,
    approve: Annotated[bool, typer.Option("--approve", help="Go on as proposed.")] = False,
    edit: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Go on with this plan: `attest show RUN --json`, edited."),
    ] = None,
    reject: Annotated[bool, typer.Option("--reject", help="Stop; needs --because.")] = False,
    budget: Annotated[
        str | None,
        typer.Option(metavar="USD", help="Go on under this cap with a run, or a plan, that was cut short."),
    ] = None,
    because: Annotated[str | None, typer.Option(metavar="TEXT", help="Why it is rejected.")] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where to publish. [default: reports/RUN]")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
    whole: Annotated[
        bool, typer.Option("--verbose", help="Print the whole report: quotes, offsets, hashes, cost, time.")
    ] = False,
) -> None:
    """Continue a run that was stopped, waits for you or was cut short; no completed call is made again."""
    if budget is not None and (edit or reject):
        raise Misconfigured("--budget stands alone, or beside --approve for a plan that waits")
    decision = _decision(approve=approve, edit=edit, reject=reject, because=because)
    cap = None if budget is None else micros(budget, "--budget")
    settings = Settings.from_environment()
    run_id = find_run(installation.list_runs(settings), run).id
    from ui.terminal import run_command  # noqa: PLC0415  # too slow to import for `attest --help`

    run_command.run(
        settings,
        run_id,
        lambda app: app.resume(run_id, decision, budget=cap, by=account()),
        out,
        as_json=as_json,
        whole=whole,
    )


def _decision(
    *, approve: bool, edit: Path | None, reject: bool, because: str | None
) -> dict[str, Any] | None:
    if approve + (edit is not None) + reject > 1:
        raise Misconfigured("only one decision at a time: --approve, --edit FILE or --reject --because TEXT")
    if reject != bool((because or "").strip()):
        raise Misconfigured('--reject and --because belong together: --reject --because "why"')
    if reject:
        return {"decision": "reject", "because": because}
    if edit is not None:
        return {"decision": "edit", **_edited(edit)}
    return {"decision": "approve"} if approve else None


def _edited(file: Path) -> dict[str, Any]:
    """Read the edited plan, question or budget; the run checks whether it can be done."""
    way_out = "nothing was changed; write what `attest show RUN --json` prints, edited"
    try:
        with file.expanduser().open("rb") as content:
            written = content.read(MOST_BYTES + 1)
        if len(written) > MOST_BYTES:
            raise Misconfigured(f"{file} is larger than {MOST_BYTES >> 20} MiB: {way_out}")
        edited = read_json(written.decode("utf-8-sig"))
    except OSError as error:
        raise Misconfigured(f"cannot read {file} ({error.strerror}): {way_out}") from None
    except ValueError as error:
        raise Misconfigured(f"{file} is not JSON ({error}): {way_out}") from None
    if isinstance(edited, dict) and isinstance(edited.get("branches"), list):
        return {"plan": edited}
    if isinstance(edited, dict) and isinstance(edited.get("question"), str):
        return {"question": edited["question"]}
    if isinstance(edited, dict) and isinstance(edited.get("budget_usd"), str):
        return {"budget_usd": edited["budget_usd"]}
    raise Misconfigured(f"{file} holds neither a plan nor a question: {way_out}")
