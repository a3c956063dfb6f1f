"""Hold what calls cost, in money and in tokens."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """Count the tokens of calls: `cached` is part of `prompt`, `thoughts` is part of `answer`."""

    prompt: int
    answer: int
    cached: int = 0
    thoughts: int = 0

    def __add__(self, other: Tokens) -> Tokens:
        """Return the sum of both."""
        return Tokens(
            prompt=self.prompt + other.prompt,
            answer=self.answer + other.answer,
            cached=self.cached + other.cached,
            thoughts=self.thoughts + other.thoughts,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Sum what a run spent, in micro-dollars, with the number of calls made, and tokens by model."""

    micros: int = 0
    calls: int = 0
    by_tool: dict[str, int] = field(default_factory=dict)
    by_model: dict[str, int] = field(default_factory=dict)
    tokens: dict[str, Tokens] = field(default_factory=dict)
