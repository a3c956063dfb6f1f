"""Read the environment: the only place that does."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from graph.errors import Misconfigured

MOST_USD = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Describe one environment variable."""

    name: str
    default: str
    purpose: str


SETTINGS = (
    Setting(name="ATTEST_HOME", default=".attest", purpose="folder of the database"),
    Setting(
        name="ATTEST_DATABASE_URL",
        default="",
        purpose="database URL; `sqlite:///FILE`, or empty for `attest.db` in ATTEST_HOME",
    ),
    Setting(
        name="ATTEST_DOCS",
        default="",
        purpose=f"folders or files to research when a run names none, separated by `{os.pathsep}`",
    ),
    Setting(
        name="ATTEST_BUDGET_USD", default="1.00", purpose="most a run may spend unless it says otherwise"
    ),
    Setting(
        name="ATTEST_EVAL_DATA", default="", purpose="folder of the public data sets the evals measure with"
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Hold the operator's choices; `budget` in micro-dollars."""

    home: Path
    database: Path
    docs: tuple[str, ...]
    budget: int
    eval_data: Path | None

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read `environ`, or the process's own over the `.env` of the working folder.

        Raises Misconfigured on a value that cannot be used.
        """
        values = _values(_environment() if environ is None else environ)
        home = Path(values["ATTEST_HOME"]).expanduser()
        data = values["ATTEST_EVAL_DATA"]
        return cls(
            home=home,
            database=_database(values["ATTEST_DATABASE_URL"], home),
            docs=tuple(
                str(Path(part).expanduser().absolute())
                for part in values["ATTEST_DOCS"].split(os.pathsep)
                if part
            ),
            budget=micros(values["ATTEST_BUDGET_USD"], "ATTEST_BUDGET_USD"),
            eval_data=Path(data).expanduser() if data else None,
        )


def micros(usd: str, name: str) -> int:
    """Turn dollars into whole micro-dollars, rounding down; raise Misconfigured, naming the value."""
    try:
        amount = Decimal(usd)
    except InvalidOperation:
        amount = Decimal(-1)
    if not amount.is_finite() or not 0 <= amount <= MOST_USD:
        raise Misconfigured(f"{name} is {usd!r}, not an amount in dollars: write a number from 0 to 1000000")
    return int(amount * 1_000_000)


def _environment() -> Mapping[str, str]:
    if not Path(".env").is_file():
        return os.environ
    from dotenv import dotenv_values  # noqa: PLC0415  # imported only where there is a file to read

    return {**{key: value or "" for key, value in dotenv_values(".env").items()}, **os.environ}


def _values(environ: Mapping[str, str]) -> dict[str, str]:
    return {setting.name: environ.get(setting.name) or setting.default for setting in SETTINGS}


def _database(url: str, home: Path) -> Path:
    if not url:
        return home / "attest.db"
    scheme, found, path = url.partition(":///")
    if found and scheme == "sqlite" and path:
        return Path(path).expanduser()
    raise Misconfigured(
        f"ATTEST_DATABASE_URL starts with {scheme.partition(':')[0]!r}, which this release cannot open: "
        "write sqlite:///FILE or leave it empty"
    )
