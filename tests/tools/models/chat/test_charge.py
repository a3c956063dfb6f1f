from __future__ import annotations

from graph.costs import Tokens
from tests.tools.models.chat.asking import question
from tools.models.chat.charge import Charge
from tools.models.chat.model_arguments import most_prompt_tokens
from tools.models.chat.model_pricing import Bill, Price
from tools.models.chat.stream_accumulator import StreamAccumulator

CHARGE = Charge(bill=Bill(of=Price(prompt=1_000_000, answer=2_000_000).of), thinking=100)
SENT = question(most_tokens=50)
WORST = most_prompt_tokens(SENT) + 2 * (50 + 100)


def test_the_worst_case_has_room_for_the_answer_and_the_thoughts() -> None:
    """All that may be sent and all that may come back is priced."""
    assert CHARGE.worst(SENT) == WORST


def test_a_counted_answer_costs_what_was_counted() -> None:
    """An answer that says that it ended is billed by its tokens."""
    heard = StreamAccumulator(pieces=["Ada."], tokens=Tokens(prompt=10, answer=5), finish="STOP")
    assert CHARGE.of(heard, SENT) == 10 + 2 * 5


def test_an_uncounted_or_cut_answer_costs_the_most() -> None:
    """Nobody knows what else was written and billed."""
    uncounted = StreamAccumulator(pieces=["Ada."], finish="STOP")
    cut = StreamAccumulator(pieces=["Ada."], tokens=Tokens(prompt=10, answer=5))
    assert CHARGE.of(uncounted, SENT) == CHARGE.of(cut, SENT) == WORST
