"""The pages show what the code is."""

from __future__ import annotations

import ast
import re
import tomllib
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from dotenv import dotenv_values

from graph.app import gathered, services
from graph.config.settings import SETTINGS, Settings
from graph.people.identity_providers import advice, problems, ways_in
from graph.records import source_id
from graph.run.wiring import build
from graph.stores.db.database import Database
from tests.docs.diagram import diagram, edges
from tests.docs.pages import ROOT, marked, page
from tests.docs.settings import row, service_settings
from tools.documents.formats.table import parse

LIBRARY = ROOT / "evals" / "library" / "documents"
CITATION = re.compile(
    r"\*\*\[\d+\]\*\* .* — (?P<location>\S+)  \n.*characters (?P<start>\d+) to (?P<end>\d+) of"
    r" `sources/(?P<source>[0-9a-f]{64})\.txt`\n\n> (?P<quote>.*)"
)
PROMISES = 5
PROMISED = re.compile(r"\[(?P<test>test_\w+)\]\((?P<file>[\w/]+\.py)\)")


def test_the_settings_table_is_the_settings() -> None:
    """Every setting stands on its page with its default and purpose, and no other."""
    assert marked("settings", page("docs/settings.md")).splitlines()[2:] == [
        row(setting) for setting in SETTINGS
    ]
    assert marked("services", page("docs/settings.md")).splitlines()[2:] == [
        row(setting) for setting in service_settings()
    ]


def test_the_example_environment_is_the_settings() -> None:
    """`.env.example` holds every setting under its purpose, and copied unchanged it changes nothing."""
    example = ROOT / ".env.example"
    blocks = [
        f"# {setting.purpose}\n{setting.name}={setting.default}"
        for setting in (*SETTINGS, *service_settings())
    ]
    assert example.read_text(encoding="utf-8").rstrip().split("\n\n")[1:] == blocks
    copied = {name: value or "" for name, value in dotenv_values(example).items()}
    changed = replace(Settings.from_environment(copied), values={})
    assert changed == Settings.from_environment({})


def test_the_example_of_a_provider_is_whole() -> None:
    """Copied into `.env`, the example offers its provider, and the doctor has nothing to say against it."""
    example = marked("oauth", page("docs/chat.md")).removeprefix("```ini\n").removesuffix("\n```")
    made = Settings.from_environment({k: v or "" for k, v in dotenv_values(stream=StringIO(example)).items()})
    assert not [*problems(made), *advice(made)]
    assert "https://attest.example.org/auth/oauth/example/callback" in ways_in(made)


def test_the_picture_is_the_wiring_table() -> None:
    """The picture has the nodes, phases and edges of the table; paste it from `tests.docs.diagram`."""
    assert marked("graph", page("README.md")) == diagram()


def test_the_picture_is_the_compiled_graph(tmp_path: Path) -> None:
    """What the table says is what LangGraph was given: the same edges, no more and no fewer."""
    settings = Settings.from_environment({"ATTEST_HOME": str(tmp_path)})
    database = Database(settings.database)
    drawn = build(services(settings, database, gathered(settings, database))).compile().get_graph()
    assert {(edge.source, edge.target) for edge in drawn.edges} == edges()


def test_the_layers_are_the_contract() -> None:
    """The layers in ARCHITECTURE.md are those that import-linter checks."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = project["tool"]["importlinter"]["contracts"][0]["layers"]
    assert marked("layers", page("ARCHITECTURE.md")).splitlines() == layers


def test_the_example_answer_is_true() -> None:
    """Each quote of the example stands in the library document it names, at its offsets, under its hash."""
    answer = marked("answer", page("README.md"))
    citations = list(CITATION.finditer(answer))
    assert len(citations) == answer.count("\n> ") > 0
    for cited in citations:
        document = LIBRARY / cited["location"]
        text = parse(document.suffix, document.read_bytes()).text
        assert source_id(text) == cited["source"]
        assert text[int(cited["start"]) : int(cited["end"])] == cited["quote"]
        assert f"{cited['quote']} [" in answer


@pytest.mark.parametrize("name", ["README.md", "SECURITY.md"])
def test_every_promise_names_a_test_that_exists(name: str) -> None:
    """A promise points at the test that would fail."""
    promised = list(PROMISED.finditer((ROOT / name).read_text(encoding="utf-8")))
    assert len({found["file"] for found in promised}) >= PROMISES
    for found in promised:
        module = ast.parse((ROOT / found["file"]).read_text(encoding="utf-8"))
        names = {
            node.name for node in module.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        }
        assert found["test"] in names
