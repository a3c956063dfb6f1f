"""Make vectors on this machine by a sentence encoder in ONNX, such as MiniLM."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graph.embedder import Vector
from graph.errors import Misconfigured
from graph.events import Announce
from graph.records import Run
from graph.untrusted import Untrusted
from tools.models.embedding.local_model import LocalModel
from tools.models.embedding.quantise import quantised

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_TOKENS = 256  # as all-MiniLM-L6-v2 was trained
BATCH = 16
_AT_ONCE = 2  # so that a question does not wait behind the documents of another run
_INPUTS = {"input_ids", "attention_mask", "token_type_ids"}


class OnnxEmbedder:
    """Make vectors in threads; the model is opened at its first use, and any number of runs share it."""

    batch = BATCH

    def __init__(self, files: LocalModel, setting: str) -> None:
        self._files = files
        self._setting = setting
        self._opened: _Encoder | None = None
        self._opening = asyncio.Lock()
        self._room = asyncio.Semaphore(_AT_ONCE)
        self._digest = ""

    async def fingerprint(self) -> str:
        """Return a digest of the files and of how many tokens of a text are read."""
        if not self._digest:
            try:
                digest = await asyncio.to_thread(self._files.digest)
            except OSError as error:
                raise Misconfigured(f"{self._setting}: {error.filename} cannot be read") from error
            self._digest = f"onnx-{MOST_TOKENS}-{digest}"
        return self._digest

    async def passages(self, run: Run, texts: Sequence[Untrusted], announce: Announce) -> Sequence[Vector]:  # noqa: ARG002  # nothing is called
        """Return a vector for each passage; raise Misconfigured for files that are no sentence encoder."""
        return await self._encoded([text.reveal() for text in texts])

    async def query(self, run: Run, text: str, announce: Announce) -> Vector:  # noqa: ARG002  # nothing is called
        """Return the vector of a query; raise Misconfigured for files that are no sentence encoder."""
        return (await self._encoded([text]))[0]

    async def _encoded(self, texts: Sequence[str]) -> list[Vector]:
        encoder = await self._encoder()
        async with self._room:
            return await asyncio.to_thread(encoder.encoded, texts)

    async def _encoder(self) -> _Encoder:
        async with self._opening:
            if self._opened is None:
                try:
                    self._opened = await asyncio.to_thread(_open, self._files)
                except Exception as error:  # each library has errors of its own
                    raise Misconfigured(
                        f"{self._setting}: {self._files.model.parent} holds no sentence encoder"
                        f" ({type(error).__name__}): take {self._files.model.name} and"
                        f" {self._files.tokenizer.name} of one model"
                    ) from error
            return self._opened


@dataclass(frozen=True, slots=True, kw_only=True)
class _Encoder:
    """Hold an opened model: `session` runs it, `inputs` names what it takes."""

    session: Any
    tokenizer: Any
    inputs: frozenset[str]

    def encoded(self, texts: Sequence[str]) -> list[Vector]:
        """Return the mean of the vectors of the tokens of each text, one text at a time.

        Padded to the longest of 32, a passage took twice the time and the process twice the memory.
        """
        return [quantised(self._mean(text).tolist()) for text in texts]

    def _mean(self, text: str) -> NDArray[np.float32]:
        import numpy as np  # noqa: PLC0415  # it comes with the extra

        ids = np.array([self.tokenizer.encode(text).ids], dtype=np.int64)
        known = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        (states, *_) = self.session.run(None, {name: known[name] for name in self.inputs})
        mean: NDArray[np.float32] = states[0].mean(axis=0)
        return mean


def _open(files: LocalModel) -> _Encoder:
    """Open both files; they must fit, so a short text is encoded once."""
    import onnxruntime  # noqa: PLC0415  # it comes with the extra, and takes a tenth of a second
    from tokenizers import Tokenizer  # noqa: PLC0415  # same

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = False  # it keeps the memory of the longest text
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # idle threads burn no processor
    session = onnxruntime.InferenceSession(
        str(files.model), sess_options=options, providers=["CPUExecutionProvider"]
    )
    tokenizer = Tokenizer.from_file(str(files.tokenizer))
    tokenizer.enable_truncation(max_length=MOST_TOKENS)
    tokenizer.no_padding()
    inputs = frozenset(each.name for each in session.get_inputs())
    if not inputs <= _INPUTS:
        raise ValueError(f"it takes {', '.join(sorted(inputs - _INPUTS))}")
    encoder = _Encoder(session=session, tokenizer=tokenizer, inputs=inputs)
    encoder.encoded(["A short text."])
    return encoder
