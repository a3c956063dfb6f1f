"""A scripted model answers each role in its manner, and the same way each time."""

from __future__ import annotations

import json
from typing import Any

import pytest

from evals.bench.scripted_model import Manner, ScriptedModel
from tools.models.chat.json_answer import json_answer

SHOWN = (
    "Question: How many geese are there?\nAt most 4 findings.\n\n<<<data 1\nSource 1: Farm\n"
    "[1] The barn is of oak.\n[2] There are seven geese.\n[3] The pond is deep.\ndata 1>>>"
)
QUOTES = ("There are seven geese.",)


def request(wanted: str) -> dict[str, Any]:
    return {
        "contents": [{"parts": [{"text": SHOWN}]}],
        "generationConfig": {"responseJsonSchema": {"properties": {wanted: {}}}},
    }


def told(manner: Manner, wanted: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(
        json_answer(ScriptedModel(manner=manner, quotes=QUOTES).reply(request(wanted)))
    )
    return answer


def test_a_good_model_points_at_the_quotes() -> None:
    """It finds what a careful reader takes, and names what comes nearest."""
    answer = told(Manner.GOOD, "findings")
    assert [finding["sentences"] for finding in answer["findings"]] == [[2]]
    assert answer["nearest"] == [2]


def test_a_sloppy_model_mixes_right_and_wrong() -> None:
    """Its thoughts and slips of form can be mended, and half of its findings are others."""
    model = ScriptedModel(manner=Manner.SLOPPY, quotes=QUOTES)
    assert model.reply(request("findings")).startswith("<think>")
    assert [2] in [finding["sentences"] for finding in told(Manner.SLOPPY, "findings")["findings"]]
    assert len(told(Manner.SLOPPY, "findings")["findings"]) == 3


def test_a_hostile_model_keeps_count_of_its_lies() -> None:
    """Every sentence it writes is invented; none is a claim as it stands."""
    model = ScriptedModel(manner=Manner.HOSTILE)
    answer = json.loads(model.reply(request("sentences")))
    assert {one["text"] for one in answer["sentences"]} == model.invented
    assert "The barn is of oak." not in model.invented


@pytest.mark.parametrize("wanted", ["lines", "findings", "sentences", "judgements"])
def test_an_empty_model_says_nothing_that_can_be_used(wanted: str) -> None:
    """Nothing, no object, or a refusal."""
    reply = ScriptedModel(manner=Manner.EMPTY).reply(request(wanted))
    assert wanted not in reply


@pytest.mark.parametrize("manner", Manner)
def test_the_same_request_has_the_same_reply(manner: Manner) -> None:
    """Chance is drawn from the request alone."""
    replies = {ScriptedModel(manner=manner, quotes=QUOTES).reply(request("findings")) for _ in range(3)}
    assert len(replies) == 1
