from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Iterator

import pytest

from graph.errors import AttestError, Misconfigured, Unavailable, Unusable
from tests.fakes.gemini import Reply, Usage
from tests.tools.models.chat.asking import MODEL, PRICES, RUN, SCHEMA, Desk, desk, question, where
from tools.models.chat import gemini as gemini_line
from tools.models.chat.answer_shape import Misshapen
from tools.models.chat.model_factory import Tier, chat_tool

USAGE = Usage(prompt=100, cached=50, answer=10, thoughts=20)
COST = 50 + 5 + 30 * 2
"""What USAGE costs, in micro-dollars."""


def worst(model: Desk) -> int:
    """Return what the question of these tests may cost at most."""
    assert model.tool.spec.worst
    return model.tool.spec.worst(question())


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (Reply(blocked="SAFETY", usage=USAGE, text=""), "blocked the prompt"),
        (Reply(blocked="A_NEW_REASON", usage=USAGE, text=""), "blocked the prompt"),
        (Reply(text="", finish="SAFETY", usage=USAGE), "withheld its answer (SAFETY)"),
        (Reply(text="Half an", finish="RECITATION", usage=USAGE), "withheld its answer (RECITATION)"),
        (Reply(text="Half an", finish="MAX_TOKENS", usage=USAGE), "needed more tokens"),
        (Reply(text="", usage=USAGE), "gave an empty answer"),
        (Reply(text=" \n\u200b", usage=USAGE), "gave an empty answer"),
        (Reply(candidates=False, usage=USAGE), "gave an empty answer"),
    ],
)
@pytest.mark.filterwarnings(
    "ignore:A_NEW_REASON is not a valid"
)  # the client's warning of what it does not know
async def test_what_is_no_answer_is_a_failure_that_was_billed(model: Desk, reply: Reply, says: str) -> None:
    """A blocked, withheld, cut short or empty answer is unusable, and costs what its counts say."""
    model.fake.script(reply)
    error = await model.failure()
    assert type(error) is Unusable
    assert says in str(error)
    assert error.cost == (COST if reply.text else COST - 10 * 2)  # no text, no tokens of an answer


@pytest.mark.parametrize("pieces", [1, 3])
async def test_a_stream_without_an_ending_is_cut_and_may_have_cost_the_most(model: Desk, pieces: int) -> None:
    """The client ends such a stream without an error; nobody knows what else was written and billed."""
    model.fake.script(Reply(text="The answer is not", pieces=pieces, finish="", usage=USAGE))
    error = await model.failure()
    assert type(error) is Unusable
    assert "broke off in the middle" in str(error)
    assert error.cost == worst(model) > COST


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ('{"score": 7}', "score breaks maximum: 1"),
        ("{}", 'the answer breaks required: ["score"]'),
        ("7 points", "it is no JSON"),
        ('{"score": NaN}', "it is no JSON"),
    ],
)
async def test_an_answer_out_of_shape_names_the_first_problem(model: Desk, answer: str, says: str) -> None:
    """It is its own kind of unusable, as whoever gave it may mend it; its cost is known."""
    model.fake.script(Reply(text=answer, usage=USAGE))
    error = await model.failure(schema_json=SCHEMA)
    assert type(error) is Misshapen
    assert isinstance(error, Unusable)
    assert says in str(error)
    assert "\n" not in str(error)
    assert error.cost == COST


@pytest.mark.parametrize(
    ("reply", "kind", "says"),
    [
        (Reply(status=400), Unusable, f"{MODEL} does not take this prompt"),
        (Reply(status=413), Unusable, f"{MODEL} does not take this prompt"),
        (Reply(status=400, reason="API_KEY_INVALID"), Misconfigured, "correct ATTEST_GEMINI_KEY"),
        (Reply(status=401), Misconfigured, "correct ATTEST_GEMINI_KEY"),
        (Reply(status=403), Misconfigured, "correct ATTEST_GEMINI_KEY"),
        (Reply(status=402), Misconfigured, "look after its plan"),
        (
            Reply(status=400, body=json.dumps({"error": {"code": 400, "status": "FAILED_PRECONDITION"}})),
            Misconfigured,
            "plan and region",
        ),
        (Reply(status=404), Misconfigured, f"no model {MODEL}, correct ATTEST_MODELS"),
        (Reply(status=302), Misconfigured, "correct ATTEST_GEMINI_URL"),
        (Reply(status=429), Unavailable, "429 Too Many Requests"),
        (Reply(status=500), Unavailable, "500 Internal Server Error"),
        (Reply(status=503), Unavailable, "503 Service Unavailable"),
        (Reply(status=400, body="no JSON"), Unusable, "does not take this prompt"),
        (Reply(status=503, body="[]"), Unavailable, "503"),
        (Reply(status=400, body='{"error": {"details": 7}}'), Unusable, "does not take this prompt"),
    ],
)
async def test_an_error_has_the_name_of_the_next_move(
    model: Desk, reply: Reply, kind: type[AttestError], says: str
) -> None:
    """No error that Gemini sends was billed; it is asked once, and none of its words are repeated."""
    model.fake.script(reply)
    error = await model.failure()
    assert type(error) is kind
    assert says in str(error)
    assert "Words of the service" not in str(error)
    assert error.cost == 0
    assert not getattr(error, "reached", False)
    assert len(model.fake.asked) == 1


@pytest.mark.parametrize("status", [502, 504])
async def test_a_gateway_that_gave_up_may_have_been_billed(model: Desk, status: int) -> None:
    """The model behind it may have gone on writing."""
    model.fake.script(Reply(status=status))
    error = await model.failure()
    assert isinstance(error, Unavailable)
    assert error.reached


@pytest.mark.parametrize(
    ("reply", "seconds"),
    [
        (Reply(status=429, delay="37s"), 37.0),
        (Reply(status=429, delay="0.250s", wait="9"), 0.25),
        (Reply(status=429, wait="9"), 9.0),
        (Reply(status=503, wait="Wed, 14 Oct 2026 17:46:50 GMT"), 10.0),
        (Reply(status=503, delay="soon"), None),
        (Reply(status=503), None),
    ],
)
async def test_it_waits_as_the_server_says(model: Desk, reply: Reply, seconds: float | None) -> None:
    """RetryInfo is read, else Retry-After in seconds or as a date."""
    model.fake.script(reply)
    error = await model.failure()
    assert isinstance(error, Unavailable)
    assert (error.retry_after, error.reached) == (seconds, False)


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (Reply(reset_after=-1), "broke off"),
        (Reply(reset_after=0), "broke off"),
        (Reply(text="The answer is", pieces=3, reset_after=1), "broke off"),
        (Reply(body="<html>"), "shape that is not its own"),
        (Reply(body=""), "shape that is not its own"),
        (Reply(body='{"candidates": 7}'), "shape that is not its own"),
        (Reply(body="data: 3\r\n\r\n"), "shape that is not its own"),
        (Reply(body='data: {"candi'), "shape that is not its own"),
    ],
)
async def test_a_broken_line_may_have_been_billed(model: Desk, reply: Reply, says: str) -> None:
    """A reset and a reply that cannot be read come after the prompt arrived."""
    model.fake.script(reply)
    error = await model.failure()
    assert isinstance(error, Unavailable)
    assert says in str(error)
    assert error.reached
    assert len(model.fake.asked) == 1


@pytest.mark.parametrize("answer", ["[" * 100_000, "9" * 5_000])
async def test_json_that_the_client_chokes_on_is_a_failure_too(model: Desk, answer: str) -> None:
    """The client reads structured answers itself, and lets Python's own errors through."""
    model.fake.script(Reply(text=answer))
    error = await model.failure(schema_json=SCHEMA)
    assert isinstance(error, Unavailable)
    assert error.reached


async def test_an_error_in_the_middle_of_a_stream_may_have_been_billed(model: Desk) -> None:
    """The same error that is free before the first piece is not free after it."""
    begun = {"candidates": [{"content": {"role": "model", "parts": [{"text": "The"}]}}]}
    error = {"error": {"code": 503, "status": "UNAVAILABLE", "message": "overloaded"}}
    model.fake.script(Reply(body=f"data: {json.dumps(begun)}\r\n\r\ndata: {json.dumps(error)}\r\n\r\n"))
    failed = await model.failure()
    assert isinstance(failed, Unavailable)
    assert "503" in str(failed)
    assert failed.reached


async def test_a_refused_key_never_shows() -> None:
    """Neither the message nor what it came from holds the key."""
    async with desk(key="wrong-key-7") as other:
        error = await other.failure()
    assert isinstance(error, Misconfigured)
    assert "wrong-key-7" not in f"{error!r} {error.__cause__!r}"


async def test_nobody_there_is_not_billed() -> None:
    """A connection that is refused carried no prompt."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}"
        tool = chat_tool(Tier(id=MODEL), where(url), prices=PRICES, clock=lambda: 0.0)
        with pytest.raises(Unavailable, match="cannot be reached") as caught:
            await tool.run(question(), RUN, lambda _: None)
        await tool.close()
    assert not caught.value.reached


@pytest.fixture
def deaf() -> Iterator[str]:
    """Listen and accept nobody: once the line is full, who connects waits for ever."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(0)
        place = listening.getsockname()
        waiting = [socket.socket() for _ in range(4)]
        for caller in waiting:
            caller.setblocking(False)
            caller.connect_ex(place)
        yield f"http://127.0.0.1:{place[1]}"
        for caller in waiting:
            caller.close()


async def test_the_time_to_connect_is_bounded(deaf: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The client sets no bound of its own; what never arrived was not billed."""
    monkeypatch.setattr(gemini_line, "CONNECT_SECONDS", 0.05)
    tool = chat_tool(Tier(id=MODEL), where(deaf), prices=PRICES, clock=lambda: 0.0)
    with pytest.raises(Unavailable, match="cannot be reached") as caught:
        await asyncio.wait_for(tool.run(question(), RUN, lambda _: None), 30)
    await tool.close()
    assert not caught.value.reached
