from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from tools.models.embedding.embedding_client import open_langchain_embeddings
from tools.net.endpoint import Endpoint

HERE = "http://127.0.0.1:9/v1"


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Install a package named as LangChain's whose embeddings are what they were made of."""
    (tmp_path / "langchain").mkdir()
    (tmp_path / "langchain" / "__init__.py").touch()
    (tmp_path / "langchain" / "embeddings.py").write_text(
        "def init_embeddings(model, *, provider, **settings):\n    return provider, model, settings\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    yield
    for name in ("langchain", "langchain.embeddings"):
        sys.modules.pop(name, None)
    importlib.invalidate_caches()


@pytest.mark.usefixtures("packages")
def test_a_model_of_openai_is_asked_once_and_for_texts() -> None:
    """The pipeline retries, not the client; no tokenizer is fetched to turn texts into numbers."""
    opened = open_langchain_embeddings("openai", Endpoint(name="OPENAI", url=HERE, key=SecretStr("k")), "m")
    settings = {
        "base_url": HERE,
        "api_key": SecretStr("k"),
        "max_retries": 0,
        "check_embedding_ctx_length": False,
    }
    assert tuple(opened.client) == ("openai", "m", settings)  # type: ignore[arg-type]


@pytest.mark.usefixtures("packages")
def test_a_server_of_ones_own_needs_no_key() -> None:
    """Only what the operator set is passed on."""
    opened = open_langchain_embeddings("ollama", Endpoint(name="OLLAMA", url=""), "m")
    assert tuple(opened.client) == ("ollama", "m", {})  # type: ignore[arg-type]
