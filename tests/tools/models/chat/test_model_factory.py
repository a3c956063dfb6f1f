from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from graph.errors import Misconfigured
from graph.tool import Group, Trust
from tests.tools.models.chat.asking import MODEL, RUN, SCHEMA, question, text, where
from tests.tools.models.chat.local import Local
from tools.models.chat.chat_tool import SCHEMA_IN_WORDS, ChatTool
from tools.models.chat.model_factory import Tier, chat_tool
from tools.models.chat.model_pricing import Price
from tools.net.endpoint import Endpoint

HERE = where("http://127.0.0.1:9")
FREE = {"ollama:llama3.1": Price(prompt=0, answer=0)}


def made(tier: Tier, place: Endpoint = HERE, price: Price | None = None) -> ChatTool:
    prices = {tier.id: price} if price else {}
    return chat_tool(tier, place, prices=prices, clock=lambda: 1_792_000_000.0)


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Install packages named as LangChain's that make the model of these tests."""
    (tmp_path / "langchain").mkdir()
    (tmp_path / "langchain" / "__init__.py").touch()
    (tmp_path / "langchain" / "chat_models.py").write_text(
        "from tests.tools.models.chat.local import init_chat_model\n"
    )
    for provider in ("ollama", "openai"):
        (tmp_path / f"langchain_{provider}.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    yield
    for name in ("langchain", "langchain.chat_models"):
        sys.modules.pop(name, None)
    importlib.invalidate_caches()


def test_a_tool_is_described_by_its_tier() -> None:
    """Name, model, group and limits are there for the policy, the ledger and the path."""
    tier = Tier(id=MODEL, timeout=7.0, patience=9.0, at_once=3, rate="2/second", ttl=5.0)
    spec = made(tier).spec
    assert (spec.name, spec.model, spec.group) == (f"model.{MODEL}", MODEL, Group.MODEL)
    assert (spec.trust, spec.price, spec.deterministic, spec.effects) == (Trust.OPERATOR, 0, True, "read")
    assert (spec.timeout, spec.patience, spec.attempts) == (7.0, 9.0, 2)
    assert (spec.at_once, spec.rate, spec.ttl) == (3, "2/second", 5.0)


def test_the_reservation_covers_all_that_may_be_sent_and_written() -> None:
    """Bytes of the prompt, twice the schema, the answer and the room for thoughts, at the dearest price."""
    price = Price(prompt=1_000_000, cached=3_000_000, answer=2_000_000)
    tool = made(Tier(id=MODEL, thinking=100), price=price)
    assert tool.spec.worst
    sent = question(system="é", user="abc", schema_json="{}", most_tokens=50)
    assert tool.spec.worst(sent) == (256 + 2 + 3 + 2 * 2) * 3 + (50 + 100) * 2


def test_another_address_is_another_model_to_the_cache() -> None:
    """What a stand-in answered is never served as the answer of the real one."""
    versions = {
        made(Tier(id=MODEL)).spec.version,
        made(Tier(id=MODEL), replace(HERE, url="http://127.0.0.1:10")).spec.version,
        made(Tier(id=MODEL, thinking=5)).spec.version,
    }
    assert len(versions) == 3
    assert made(Tier(id=MODEL, at_once=1)).spec.version in versions


@pytest.mark.parametrize(
    ("tier", "place", "says"),
    [
        (Tier(id="gemini-9-nobody"), HERE, "ATTEST_MODEL_PRICES"),
        (Tier(id=MODEL), replace(HERE, key=None), "set ATTEST_GEMINI_KEY"),
        (Tier(id=MODEL), replace(HERE, key=SecretStr("schlüssel")), "ATTEST_GEMINI_KEY holds signs"),
        (Tier(id=MODEL), replace(HERE, url="generativelanguage"), "ATTEST_GEMINI_URL is no address"),
        (Tier(id=MODEL), replace(HERE, url="ftp://a.example"), "ATTEST_GEMINI_URL is no address"),
        (Tier(id=MODEL), replace(HERE, url="https:///v1"), "ATTEST_GEMINI_URL is no address"),
        (Tier(id="ollama:llama3.1"), HERE, "pip install langchain langchain-ollama"),
        (Tier(id="x_y:m"), HERE, "pip install langchain langchain-x-y"),
    ],
)
def test_what_the_operator_must_mend_is_said_before_the_first_call(
    tier: Tier, place: Endpoint, says: str
) -> None:
    """Each message names the setting or the line that mends it."""
    with pytest.raises(Misconfigured, match=says):
        made(tier, place)


@pytest.mark.usefixtures("packages")
async def test_a_model_of_another_provider_is_told_its_schema_in_words() -> None:
    """It comes by LangChain's own door; its fence is taken off, its counts and its ending are understood."""
    tool = chat_tool(
        Tier(id="ollama:llama3.1"),
        Endpoint(name="OLLAMA", url="http://127.0.0.1:9"),
        prices=FREE,
        clock=lambda: 0.0,
    )
    result = await tool.run(question(schema_json=SCHEMA, most_tokens=70), RUN, lambda _: None)
    client: Any = (await tool._client.opened()).client
    assert isinstance(client, Local)
    ((messages, kwargs),) = client.asked
    assert (client.model, client.settings["base_url"]) == ("ollama/llama3.1", "http://127.0.0.1:9")
    assert messages == [f"Read.\n\n{SCHEMA_IN_WORDS}\n{SCHEMA}", "Who?"]
    assert kwargs["options"]["num_predict"] == 70
    assert (text(result), result.cost) == ('{"score": 0.5}', 0)
    assert result.snapshots[0].source.location == "model:ollama:llama3.1"
    assert "in=40 (cached 0) out=9" in result.detail
    await tool.close()


@pytest.mark.usefixtures("packages")
async def test_another_provider_is_not_let_retry_and_counts_its_streams() -> None:
    """Retries are ours alone, and a bill needs counts."""
    tool = chat_tool(
        Tier(id="openai:gpt-4o"), replace(HERE, name="OPENAI"), prices={}, clock=lambda: 1_792_000_000.0
    )
    client: Any = (await tool._client.opened()).client
    assert (client.settings["max_retries"], client.settings["stream_usage"]) == (0, True)
    assert client.settings["temperature"] == 0.0
    await tool.close()
