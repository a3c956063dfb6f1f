from __future__ import annotations

import asyncio
import json
import subprocess
import sys

import pytest
from pydantic import ValidationError

from graph.errors import Misconfigured
from graph.events import Announce
from graph.records import source_id
from tests.fakes.gemini import KEY, STREAM, Reply, Usage
from tests.fakes.tools import Query
from tests.tools.models.chat.asking import MODEL, RUN, SCHEMA, Desk, desk, question, text
from tools.models.chat.model_factory import Tier


async def test_an_answer_is_one_source_with_its_cost_and_its_counts(model: Desk) -> None:
    """Text, place, title, passage, price and the line about the tokens are those of the reply."""
    usage = Usage(prompt=812, cached=640, answer=95, thoughts=5)
    model.fake.script(Reply(text="Ada did.", usage=usage))
    result = await model.ask()
    (snapshot,), (passage,) = result.snapshots, result.passages
    assert (snapshot.text.reveal(), snapshot.source.id) == ("Ada did.", source_id("Ada did."))
    assert (snapshot.source.title.reveal(), snapshot.source.location) == (
        f"reader by {MODEL}",
        f"model:{MODEL}",
    )
    assert (passage.span.source, passage.span.start, passage.span.end) == (snapshot.source.id, 0, 8)
    assert result.cost == (812 - 640) + 64 + 100 * 2
    assert result.detail == "reader@1f3a9c2b in=812 (cached 640) out=95 thoughts=5"


async def test_the_prompt_is_sent_in_gemini_s_own_words(model: Desk) -> None:
    """Instruction, question, schema, bounds, no heat, and the key as a header arrive where Gemini looks."""
    model.fake.script(Reply(text='{"score": 0.5}'))
    await model.ask(schema_json=SCHEMA, most_tokens=100)
    (asked,) = model.fake.asked
    assert (asked.model, asked.method, asked.system, asked.user) == (MODEL, STREAM, "Read.", "Who?")
    assert asked.headers["x-goog-api-key"] == KEY
    assert asked.config["responseJsonSchema"] == json.loads(SCHEMA)
    assert asked.config["responseMimeType"] == "application/json"
    assert (asked.config["temperature"], asked.config["maxOutputTokens"]) == (0.0, 100 + 1_024)
    assert list(asked.config["thinkingConfig"].values()) == [1_024]  # the client writes its name either way


async def test_a_question_without_a_schema_asks_for_none(model: Desk) -> None:
    """Free text stays free."""
    await model.ask()
    assert not {"responseJsonSchema", "responseMimeType"} & model.fake.asked[0].config.keys()


@pytest.mark.parametrize(
    ("name", "thinking", "sent"),
    [("gemini-3-pro-preview", 1_024, ["LOW"]), ("gemini-flash-latest", 8_192, [])],
)
async def test_a_newer_model_keeps_its_temperature_and_is_told_how_much_to_think(
    name: str, thinking: int, sent: list[str]
) -> None:
    """From Gemini 3 on there are levels in place of budgets: little room means low."""
    async with desk(Tier(id=name, thinking=thinking)) as model:
        await model.ask()
        config = model.fake.asked[0].config
        assert "temperature" not in config
        assert [str(value).upper() for value in config.get("thinkingConfig", {}).values()] == sent
        assert config["maxOutputTokens"] == 2_048 + thinking


async def test_a_stream_is_announced_piece_by_piece_and_summed() -> None:
    """Each piece is passed on as it comes, and the running totals are not counted twice."""
    heard: list[str] = []

    def on_text(_: Announce, piece: str) -> None:
        heard.append(piece)

    async with desk(on_text=on_text) as model:
        usage = Usage(prompt=10, cached=3, answer=6, thoughts=4)
        model.fake.script(Reply(text="abcdefghi", pieces=3, usage=usage))
        result = await model.ask(streamed=True)
        assert heard == ["abc", "def", "ghi"]
        assert text(result) == "abcdefghi"
        assert result.detail == "reader@1f3a9c2b in=10 (cached 3) out=6 thoughts=4"
        await model.ask()
        assert heard == ["abc", "def", "ghi"]


async def test_an_answer_is_stored_in_the_form_of_every_text(model: Desk) -> None:
    """Half a surrogate, an invisible sign or a loose accent would make a source that cannot be kept."""
    model.fake.script(Reply(text="Cafe\u0301 \ud800 here\u200b."))
    assert text(await model.ask()) == "Café \ufffd here."


async def test_what_nobody_counted_costs_the_worst_case(model: Desk) -> None:
    """An answer without counts is an answer; its cost is unknown and so counts as spent."""
    model.fake.script(Reply(counted=False))
    result = await model.ask()
    assert model.tool.spec.worst
    assert (text(result), result.cost) == ("Yes.", model.tool.spec.worst(question()))
    assert result.detail == "reader@1f3a9c2b in=? out=?"


async def test_nothing_is_left_to_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings of the client's own cannot send a prompt elsewhere, nor another key with it."""
    for name, value in {
        "GOOGLE_API_KEY": "theirs",
        "GEMINI_API_KEY": "theirs",
        "GOOGLE_GEMINI_BASE_URL": "http://127.0.0.1:9",
        "GOOGLE_GENAI_USE_VERTEXAI": "true",
        "GOOGLE_CLOUD_PROJECT": "theirs",
        "LANGSMITH_GATEWAY": "http://127.0.0.1:9",
        "LANGSMITH_GATEWAY_API_KEY": "theirs",
    }.items():
        monkeypatch.setenv(name, value)
    async with desk() as model:
        await model.ask()
        (asked,) = model.fake.asked
        assert asked.headers["x-goog-api-key"] == KEY
        assert "theirs" not in str(asked)


async def test_one_client_serves_every_call(model: Desk) -> None:
    """Ten calls that are made together open it once."""
    opened = await asyncio.gather(*(model.tool._client.opened() for _ in range(10)))
    await asyncio.gather(*(model.ask() for _ in range(10)))
    assert {id(line) for line in [*opened, await model.tool._client.opened()]} == {id(opened[0])}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("user", ""),
        ("user", "half a \ud800"),
        ("most_tokens", 0),
        ("most_tokens", 10**6),
        ("role", "king"),
        ("prompt", "two lines\n@1f"),
        ("temperature", 1),
    ],
)
def test_what_no_model_should_be_asked_is_refused(field: str, value: object) -> None:
    """Empty and undecodable prompts, endless answers and unknown words do not reach a model."""
    with pytest.raises(ValidationError):
        question(**{field: value})


async def test_arguments_of_another_tool_are_a_fault_of_the_house(model: Desk) -> None:
    """A model cannot be asked a search."""
    with pytest.raises(Misconfigured, match="Query"):
        await model.tool.run(Query(query="x"), RUN, lambda _: None)


def test_a_tier_says_how_its_model_is_called() -> None:
    """A model of Google has its bare name; a provider stands before any other, whose name may hold colons."""
    assert Tier(id="google_genai:gemini-2.5-pro").name == "gemini-2.5-pro"
    assert Tier(id="ollama:llama3.1:8b").name == "ollama:llama3.1:8b"
    assert (Tier(id="ollama:llama3.1").provider, Tier(id="ollama:llama3.1").model) == ("ollama", "llama3.1")
    with pytest.raises(Misconfigured, match="ATTEST_MODELS"):
        assert Tier(id="two words").name


def test_making_a_model_imports_no_framework() -> None:
    """An application that never asks a model does not pay the second its client takes to import."""
    code = (
        "import sys, tools.models.chat.model_factory\n"
        "slow = 'langchain', 'google.genai', 'genai_prices'\n"
        "print([name for name in sys.modules if name.startswith(slow)])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
