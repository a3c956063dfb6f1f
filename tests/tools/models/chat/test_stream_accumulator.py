from __future__ import annotations

from typing import Any

import pytest
from langchain_core.messages import AIMessageChunk

from graph.costs import Tokens
from tools.models.chat.stream_accumulator import StreamAccumulator


def chunk(text: str, counts: tuple[int, int] | None = None, **metadata: Any) -> AIMessageChunk:  # noqa: ANN401  # as providers send it
    usage = (
        {"input_tokens": counts[0], "output_tokens": counts[1], "total_tokens": sum(counts)}
        if counts
        else None
    )
    return AIMessageChunk(content=text, response_metadata=metadata, usage_metadata=usage)


def collected(*chunks: AIMessageChunk) -> StreamAccumulator:
    accumulator = StreamAccumulator()
    for one in chunks:
        accumulator.add(one)
    return accumulator


def test_pieces_become_one_text_and_counts_one_sum() -> None:
    """An answer that says that it stopped is complete."""
    answer = collected(chunk("Ada ", (10, 1)), chunk("did.", (0, 2), finish_reason="STOP"))
    assert (answer.text, answer.tokens, answer.fault()) == ("Ada did.", Tokens(prompt=10, answer=3), "")
    assert (answer.begun, answer.is_cut) == (True, False)


@pytest.mark.parametrize(
    ("chunks", "fault"),
    [
        ([chunk("Ada ")], "broke off in the middle"),
        ([chunk("Ada ", finish_reason="MAX_TOKENS")], "needed more tokens"),
        ([chunk("Ada ", done_reason="length")], "needed more tokens"),
        ([chunk("Ada ", finish_reason="SAFETY")], "withheld its answer (SAFETY)"),
        ([chunk("Ada ", finish_reason="because I said so")], "for an unknown reason"),
        ([chunk("", prompt_feedback={"block_reason": "SAFETY"})], "blocked the prompt"),
        ([chunk(" ", stop_reason="end_turn")], "gave an empty answer"),
        ([], "gave an empty answer"),
    ],
)
def test_what_is_no_answer_says_why(chunks: list[AIMessageChunk], fault: str) -> None:
    """Each provider has its own name for an ending; the words of a provider are not repeated."""
    assert fault in collected(*chunks).fault()
