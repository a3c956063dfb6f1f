"""Collect an answer from its stream, and tell whether it is complete."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from graph.costs import Tokens
from tools.documents.normalise import normalise

if TYPE_CHECKING:  # half a second to import
    from collections.abc import Mapping

    from langchain_core.messages import AIMessageChunk
    from langchain_core.messages.ai import UsageMetadata

LONGEST_REASON = 40
_ENDINGS = ("finish_reason", "done_reason", "stop_reason")
_WHOLE = {"STOP", "END_TURN", "STOP_SEQUENCE"}
_FULL = {"MAX_TOKENS", "LENGTH"}


@dataclass(slots=True, kw_only=True)
class StreamAccumulator:
    """Hold what came so far; `tokens` is None until counted, `finish` empty until the answer ends."""

    pieces: list[str] = field(default_factory=list)
    tokens: Tokens | None = None
    finish: str = ""
    blocked: bool = False
    begun: bool = False

    def add(self, chunk: AIMessageChunk) -> str:
        """Take the next piece and return its text."""
        self.begun = True
        text = str(chunk.text)
        self.pieces.append(text)
        self.finish = _finish(chunk.response_metadata) or self.finish
        self.blocked = self.blocked or _is_blocked(chunk.response_metadata)
        if chunk.usage_metadata:
            self.tokens = _sum(self.tokens, chunk.usage_metadata)
        return text

    @property
    def text(self) -> str:
        """Return the answer in the form in which texts are stored."""
        return normalise("".join(self.pieces))

    @property
    def is_cut(self) -> bool:
        """Tell whether the stream ended without an ending: more may have been written and billed."""
        return not self.finish and not self.blocked and bool("".join(self.pieces))

    def fault(self) -> str:
        """Return why this is no answer, or nothing."""
        if self.blocked:
            return "blocked the prompt"
        if self.is_cut:
            return "broke off in the middle of its answer"
        if self.finish in _FULL:
            return "needed more tokens than it may write"
        if self.finish and self.finish not in _WHOLE:
            return f"withheld its answer ({_shown(self.finish)})"
        return "" if self.text else "gave an empty answer"


def _finish(metadata: Mapping[str, Any]) -> str:
    """Return how an answer ended; each provider has its own name for it."""
    return next((str(metadata[name]).upper() for name in _ENDINGS if metadata.get(name)), "")


def _is_blocked(metadata: Mapping[str, Any]) -> bool:
    return bool((metadata.get("prompt_feedback") or {}).get("block_reason"))


def _sum(before: Tokens | None, usage: UsageMetadata) -> Tokens:
    """Add the counts of a piece: the client turns Gemini's running totals into differences."""
    so_far = before or Tokens(prompt=0, answer=0)
    prompt = max(0, so_far.prompt + usage["input_tokens"])
    cached = so_far.cached + (usage.get("input_token_details", {}).get("cache_read") or 0)
    return Tokens(
        prompt=prompt,
        answer=so_far.answer + usage["output_tokens"],
        cached=min(cached, prompt),
        thoughts=so_far.thoughts + (usage.get("output_token_details", {}).get("reasoning") or 0),
    )


def _shown(reason: str) -> str:
    """Return the provider's name for an ending, but no other words of the provider."""
    return reason if reason.isidentifier() and len(reason) <= LONGEST_REASON else "for an unknown reason"
