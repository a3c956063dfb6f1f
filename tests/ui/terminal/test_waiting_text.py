"""What a person is told about each kind of question, and how they answer it."""

from typing import Any

import pytest

from ui.terminal.waiting_text import editable, explain

CALL: dict[str, Any] = {
    "kind": "call",
    "task": "b1.1.t1",
    "tool": "wikipedia",
    "purpose": "look it up\x1b[31m",
    "why": "it would send private words",
    "arguments": {
        "query": {
            "value": "Zebra\x1b]0;title\x07",
            "tainted": True,
            "private": True,
            "from": [{"source": "ab", "location": "memory/Breakers"}],
        }
    },
    "estimate_usd": "0.01",
    "choices": ["approve", "reject"],
    "more": 2,
}
REPORT: dict[str, Any] = {
    "kind": "report",
    "answer": "It closes.\x1b[2J",
    "status": "answered",
    "claims": {"supported": 2},
    "unknowns": [{"kind": "stale", "detail": "it is old"}],
    "cost_usd": "0.02",
    "choices": ["approve", "reject"],
}
BUDGET: dict[str, Any] = {
    "kind": "budget",
    "spent_usd": "0.90",
    "budget_usd": "1.00",
    "estimate_usd": "0.30",
    "undone": [{"task": "t", "tool": "brave", "purpose": "find it", "why": "w", "estimate_usd": "0.30"}],
    "note": "other caps: attest budget set",
    "choices": ["edit", "approve"],
}


@pytest.mark.parametrize(
    ("question", "said", "commands"),
    [
        (CALL, "query: Zebra", ["--approve", "--reject"]),
        (REPORT, "claims: 2 supported", ["--approve", "--reject"]),
        (BUDGET, "brave: find it, at most $0.30", ["--budget", "--approve"]),
    ],
    ids=["call", "report", "budget"],
)
def test_a_question_says_what_is_at_stake_and_how_to_answer(
    question: dict[str, Any], said: str, commands: list[str]
) -> None:
    """Each kind shows its facts without control characters, and only the answers that are offered."""
    lines = explain("r1", question)
    assert any(said in line for line in lines)
    assert [line.split()[3] for line in lines if line.startswith("  attest resume")] == commands
    assert "\x1b" not in "".join(lines)


def test_a_call_says_where_its_words_come_from_and_how_many_more_wait() -> None:
    """Tainted and private words are marked, with their source."""
    lines = explain("r1", CALL)
    assert any("words of a private document; taken from memory/Breakers" in line for line in lines)
    assert "  2 more wait behind it" in lines


def test_a_budget_can_be_edited_as_json() -> None:
    """What is shown as JSON can be handed back."""
    assert editable(BUDGET) == {"budget_usd": "1.00"}
