"""Work out what a call to a model may cost, and what it did cost."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel

from tools.models.chat.model_arguments import model_arguments, most_prompt_tokens
from tools.models.chat.model_pricing import Bill
from tools.models.chat.stream_accumulator import StreamAccumulator


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """Work out the cost of the calls of a model, in micro-dollars; it may think for `thinking` tokens."""

    bill: Bill
    thinking: int

    def worst(self, arguments: BaseModel) -> int:
        """Return the most that a call may cost: for all that it may send and receive."""
        sent = model_arguments(arguments)
        answer = sent.most_tokens + self.thinking
        return self.bill.worst(prompt=most_prompt_tokens(sent), answer=answer)

    def of(self, heard: StreamAccumulator, arguments: BaseModel) -> int:
        """Return what a call cost: the worst case where its tokens were not all counted."""
        if heard.tokens is None or heard.is_cut:
            return self.worst(arguments)
        return self.bill.of(heard.tokens)
