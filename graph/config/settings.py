"""Read the environment: the only place that does."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from graph.config.database_address import Location
from graph.config.environment import OF_THE_CHAT, gathered, overlooked
from graph.config.path_values import database_of, home_of, whole_path
from graph.config.server_settings import SERVER_SETTINGS, ServerSettings
from graph.config.setting_values import Setting, chosen, counted, language_named, listed, role_named, whole
from graph.errors import Misconfigured
from graph.options import Role
from guards.budget import micros_of

_CONSENT = "ATTEST_EMBED_DOCUMENTS_AT_PROVIDER"
MOST_SECONDS = 31_536_000
ROLES = ("planner", "reader", "judge", "writer")
"""The roles that models may fill."""


SETTINGS = (
    Setting(
        name="ATTEST_HOME",
        default="",
        purpose="folder of the database, a whole path; empty: `attest` in `XDG_DATA_HOME`, which is "
        "`~/.local/share` where it is not set",
    ),
    Setting(
        name="ATTEST_ENV_FILE",
        default="",
        purpose="file of settings, a whole path, read instead of the working folder's `.env`; "
        "`attest --env-file FILE` says the same",
    ),
    Setting(
        name="ATTEST_DATABASE_URL",
        default="",
        purpose="`postgresql://USER:PASSWORD@HOST:5432/NAME` keeps all in PostgreSQL, shared by any number "
        "of machines; `sqlite:///FILE`, or empty for `attest.db` in ATTEST_HOME",
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
        name="ATTEST_SOURCES",
        default="documents",
        purpose="where a run looks unless it says otherwise: `documents`, `web`, `scholarly`, `community`, "
        "or names of tools, separated by commas",
    ),
    Setting(
        name="ATTEST_LANGUAGE",
        default="",
        purpose="language in which a run looks for sources on the web unless it says otherwise, as `de`; "
        "empty: that of each service",
    ),
    Setting(
        name="ATTEST_ROLE",
        default="analyst",
        purpose="the most a run may be, as the policy knows it: `viewer`, `analyst` or `admin`",
    ),
    Setting(
        name="ATTEST_PLANNER_MODELS",
        default="gemini-2.5-flash",
        purpose="models that plan, best first, separated by commas; those of Gemini need ATTEST_GEMINI_KEY, "
        "and `extractive` asks none",
    ),
    Setting(name="ATTEST_READER_MODELS", default="gemini-2.5-flash", purpose="models that read, likewise"),
    Setting(name="ATTEST_JUDGE_MODELS", default="gemini-2.5-flash", purpose="models that judge, likewise"),
    Setting(
        name="ATTEST_WRITER_MODELS",
        default="gemini-2.5-pro,gemini-2.5-flash",
        purpose="models that write, likewise",
    ),
    Setting(
        name="ATTEST_MODEL_CACHE_SECONDS",
        default="86400",
        purpose="how long the answer of a model serves again for the same question; 0: it does not",
    ),
    Setting(
        name="ATTEST_MODEL_PRICES",
        default="",
        purpose="your own prices of models, in millionths of a dollar for a million tokens, as JSON: "
        '`{"ollama:llama3.1": {"prompt": 0, "answer": 0}}`',
    ),
    Setting(
        name="ATTEST_EMBEDDER",
        default="",
        purpose="what finds passages by their meaning beside their words: `local`, `local:FOLDER` with "
        "`model.onnx` and `tokenizer.json`, or `google:MODEL`; needs `pip install 'attest[semantic]'`",
    ),
    Setting(
        name="ATTEST_EMBED_DOCUMENTS_AT_PROVIDER",
        default="no",
        purpose="`yes`: the provider that ATTEST_EMBEDDER names is sent every passage of the documents",
    ),
    Setting(
        name="ATTEST_POLICIES",
        default="",
        purpose="folder of your own policies, `*.cedar`, added to those of the release",
    ),
    Setting(
        name="ATTEST_MCP",
        default="",
        purpose="JSON file of the MCP servers whose tools may be called",
    ),
    Setting(
        name="ATTEST_CONTACT",
        default="",
        purpose="mail or web address that public services are told, as they ask of polite callers",
    ),
    Setting(
        name="ATTEST_PRIVATE_HOSTS",
        default="",
        purpose="hosts of your own network that pages may be fetched from, separated by commas",
    ),
    Setting(
        name="ATTEST_CALLS_AT_ONCE", default="256", purpose="most calls in flight, in all runs of a process"
    ),
    Setting(name="ATTEST_RUN_CALLS_AT_ONCE", default="16", purpose="most calls in flight in one run"),
    Setting(
        name="ATTEST_LANGSMITH_KEY",
        default="",
        purpose="key of LangSmith; runs are traced there if it is set",
    ),
    Setting(
        name="ATTEST_LANGSMITH_URL",
        default="https://api.smith.langchain.com",
        purpose="address of LangSmith",
    ),
    Setting(name="ATTEST_LANGSMITH_PROJECT", default="attest", purpose="project of LangSmith to trace into"),
    Setting(
        name="ATTEST_STUDIO_URL",
        default="https://smith.langchain.com",
        purpose="address of the Studio page, the only one that may use the server of `attest studio`",
    ),
    Setting(
        name="ATTEST_TRACE_CONTENT",
        default="no",
        purpose="`yes`: traces hold questions, prompts with evidence, and answers; `no`: only their lengths",
    ),
    Setting(
        name="ATTEST_EVAL_DATA", default="", purpose="folder of the public data sets the evals measure with"
    ),
    Setting(
        name="ATTEST_EVAL_POSTGRES",
        default="",
        purpose="address of a PostgreSQL database where `python -m evals budget` may make schemas and drop "
        "them; empty: SQLite alone is measured",
    ),
    *SERVER_SETTINGS,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Hold the operator's choices; `budget` in micro-dollars.

    `values` holds all settings by their whole names: among them are the addresses and keys of services.
    """

    home: Path
    database: Location
    docs: tuple[str, ...]
    budget: int
    eval_data: Path | None
    eval_postgres: str = field(default="", repr=False)
    sources: tuple[str, ...] = ("documents",)
    role: Role = Role.ANALYST
    models: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: dict.fromkeys(ROLES, ()))
    model_cache: float = 86_400.0
    model_prices: str = ""
    embedder: str = ""
    embeds_at_provider: bool = False
    policies: Path | None = None
    mcp: Path | None = None
    contact: str = ""
    private_hosts: tuple[str, ...] = ()
    calls_at_once: int = 256
    run_calls_at_once: int = 16
    language: str = ""
    langsmith_url: str = "https://api.smith.langchain.com"
    langsmith_project: str = "attest"
    studio_url: str = "https://smith.langchain.com"
    trace_content: bool = False
    server_settings: ServerSettings = field(default_factory=ServerSettings)
    values: Mapping[str, str] = field(default_factory=dict, repr=False)

    def url(self, name: str) -> str:
        """Return the address of a service if the operator set ATTEST_<NAME>_URL, else an empty text."""
        return self.values.get(f"ATTEST_{name}_URL", "")

    def key(self, name: str) -> str:
        """Return the key of a service if the operator set ATTEST_<NAME>_KEY, else an empty text."""
        return self.values.get(f"ATTEST_{name}_KEY", "")

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read `environ`, or the process's own over the files that a person chose.

        Raises Misconfigured on a value that cannot be used, and for a home of another user.
        """
        environ = gathered(os.environ) if environ is None else environ
        values = _values(environ)
        home = home_of(environ)
        return cls(
            home=home,
            database=database_of(values["ATTEST_DATABASE_URL"], home),
            docs=tuple(
                str(Path(part).expanduser().absolute())
                for part in values["ATTEST_DOCS"].split(os.pathsep)
                if part
            ),
            budget=micros(values["ATTEST_BUDGET_USD"], "ATTEST_BUDGET_USD"),
            eval_data=Path(data).expanduser() if (data := values["ATTEST_EVAL_DATA"]) else None,
            eval_postgres=values["ATTEST_EVAL_POSTGRES"],
            sources=listed(values["ATTEST_SOURCES"]),
            language=language_named(values["ATTEST_LANGUAGE"], "ATTEST_LANGUAGE"),
            role=role_named(values["ATTEST_ROLE"], "ATTEST_ROLE"),
            models={role: listed(values[f"ATTEST_{role.upper()}_MODELS"]) for role in ROLES},
            model_cache=_seconds(values, "ATTEST_MODEL_CACHE_SECONDS"),
            model_prices=values["ATTEST_MODEL_PRICES"],
            embedder=values["ATTEST_EMBEDDER"].strip(),
            embeds_at_provider=chosen(values[_CONSENT], _CONSENT),
            policies=whole_path(values, "ATTEST_POLICIES"),
            mcp=whole_path(values, "ATTEST_MCP"),
            contact=values["ATTEST_CONTACT"].strip(),
            private_hosts=listed(values["ATTEST_PRIVATE_HOSTS"]),
            calls_at_once=counted(values["ATTEST_CALLS_AT_ONCE"], "ATTEST_CALLS_AT_ONCE"),
            run_calls_at_once=counted(values["ATTEST_RUN_CALLS_AT_ONCE"], "ATTEST_RUN_CALLS_AT_ONCE"),
            langsmith_url=_address(values, "ATTEST_LANGSMITH_URL"),
            langsmith_project=values["ATTEST_LANGSMITH_PROJECT"],
            studio_url=_address(values, "ATTEST_STUDIO_URL").rstrip("/"),
            trace_content=chosen(values["ATTEST_TRACE_CONTENT"], "ATTEST_TRACE_CONTENT"),
            server_settings=ServerSettings.read(values),
            values=dict(environ),
        )


def _address(values: Mapping[str, str], name: str) -> str:
    if re.fullmatch(r"https?://[^/\s@]+(/\S*)?", values[name]):
        return values[name]
    raise Misconfigured(f"{name} is no address: write it as https://host")


def _seconds(values: Mapping[str, str], name: str) -> float:
    if (number := whole(values[name])) is not None and number <= MOST_SECONDS:
        return float(number)
    raise Misconfigured(f"{name} is {values[name]!r}: write whole seconds, 0 for none")


def micros(usd: str, name: str) -> int:
    """Turn dollars into whole micro-dollars, rounding down; raise Misconfigured, naming the value."""
    amount = micros_of(usd)
    if amount is None:
        raise Misconfigured(f"{name} is {usd!r}, not an amount in dollars: write a number from 0 to 1000000")
    return amount


def hand_down(name: str, value: str) -> None:
    """Set a variable that a library or a child process reads from the environment."""
    os.environ[name] = value


def notices() -> list[str]:
    """Return a line for each thing in the working folder that is not used; raises Misconfigured."""
    return list(overlooked(os.environ))


def own_environment() -> Mapping[str, str]:
    """Return the environment of this process, for what must be known before its settings."""
    return os.environ


def hand_down_chat(values: Mapping[str, str]) -> None:
    """Put the settings of Chainlit from files into the environment, and keep it from reading files."""
    for name, value in values.items():
        if name.startswith(OF_THE_CHAT) and name not in os.environ:
            hand_down(name, value)
    hand_down("CHAINLIT_ENV_FILE", os.devnull)


def _values(environ: Mapping[str, str]) -> dict[str, str]:
    return {setting.name: environ.get(setting.name) or setting.default for setting in SETTINGS}
