from __future__ import annotations

from pathlib import Path

import pytest

from graph.config.settings import Settings
from graph.errors import Misconfigured
from graph.stores.db.database import Database
from graph.stores.evidence import StoredEvidence
from tests.tools.models.embedding.embedding_desk import MODEL, asked
from tools.models.embedding import local_model
from tools.models.embedding.embedder_factory import CONSENT, embedder_named, made_embedder

HERE = "http://127.0.0.1:9"


def problem(settings: Settings) -> str:
    with pytest.raises(Misconfigured) as caught:
        embedder_named(settings)
    return str(caught.value)


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every package seem to be installed."""
    monkeypatch.setattr(local_model, "find_spec", lambda _: object())


def test_no_embedder_is_made_unless_one_is_named(tmp_path: Path) -> None:
    """It is off by default."""
    settings = Settings.from_environment({"ATTEST_HOME": str(tmp_path)})
    database = Database(tmp_path / "attest.db")
    assert made_embedder(settings, StoredEvidence(database), lambda: 0.0) is None


def test_documents_go_to_a_provider_only_by_a_setting_of_its_own() -> None:
    """The line says what would be sent where, and both ways out."""
    said = problem(asked(HERE, **{CONSENT: "no"}))
    assert said == (
        f"ATTEST_EMBEDDER=google:{MODEL} would send passages of your documents to google:"
        f" set {CONSENT}=yes to let it, or ATTEST_EMBEDDER=local to keep them here"
    )
    assert "is sent passages" in embedder_named(asked(HERE))


@pytest.mark.parametrize("named", ["nonsense", "google:", ":x", "local?", "GOOGLE:x", "google:a b"])
def test_what_names_no_embedder_is_answered_with_what_may_be_written(named: str) -> None:
    """An operator sees examples."""
    assert "write local, local:/FOLDER, google:gemini-embedding-001" in problem(
        asked(HERE, ATTEST_EMBEDDER=named)
    )


def test_a_key_that_lacks_is_named() -> None:
    """Nothing is asked without it."""
    assert problem(asked(HERE, key="")).endswith("wants a key: set ATTEST_GEMINI_KEY")


def test_a_package_that_lacks_is_named() -> None:
    """A provider of LangChain's needs its own package."""
    assert "pip install langchain langchain-openai" in problem(asked(HERE, ATTEST_EMBEDDER="openai:x"))


def test_a_model_without_a_price_is_refused(tmp_path: Path) -> None:
    """What cannot be budgeted is not called."""
    settings = asked(HERE, ATTEST_EMBEDDER="google:unheard-of", ATTEST_MODEL_PRICES="")
    with pytest.raises(Misconfigured, match="no price is known"):
        made_embedder(settings, StoredEvidence(Database(tmp_path / "attest.db")), lambda: 1_792_000_000.0)


def test_a_published_price_of_a_prompt_is_enough(tmp_path: Path) -> None:
    """A model that writes no answer has no price for one."""
    settings = asked(HERE, ATTEST_MODEL_PRICES="")
    made = made_embedder(settings, StoredEvidence(Database(tmp_path / "a.db")), lambda: 1_792_000_000.0)
    assert made
    assert made.tool


@pytest.mark.usefixtures("installed")
def test_a_folder_must_be_whole_and_hold_both_files(tmp_path: Path) -> None:
    """The line names the file that is missing."""
    assert "write the whole path" in problem(asked(HERE, ATTEST_EMBEDDER="local:models"))
    (tmp_path / "model.onnx").touch()
    said = problem(asked(HERE, ATTEST_EMBEDDER=f"local:{tmp_path}"))
    assert f"{tmp_path / 'tokenizer.json'} is no file" in said
    (tmp_path / "tokenizer.json").touch()
    assert embedder_named(asked(HERE, ATTEST_EMBEDDER=f"local:{tmp_path}")).endswith("on this machine")
