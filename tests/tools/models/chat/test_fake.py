from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import httpx

from tests.fakes.gemini import KEY, Reply, Usage
from tests.tools.models.chat.asking import MODEL, Desk

BODY = {"contents": [{"role": "user", "parts": [{"text": "How long is a piece of string?"}]}]}


async def post(url: str, method: str, key: str = KEY) -> httpx.Response:
    """Ask in the raw."""
    async with httpx.AsyncClient(headers={"x-goog-api-key": key}) as client:
        return await client.post(f"{url}/v1beta/models/{MODEL}:{method}", json=BODY)


async def test_it_answers_whole_and_counts_tokens(model: Desk) -> None:
    """The two methods that the house does not use speak the same format."""
    model.fake.script(Reply(text="Long.", usage=Usage(prompt=8, answer=2)))
    whole: dict[str, Any] = (await post(model.fake.url, "generateContent")).json()
    counted = (await post(model.fake.url, "countTokens")).json()
    assert whole["candidates"][0]["content"]["parts"] == [{"text": "Long."}]
    assert whole["candidates"][0]["finishReason"] == "STOP"
    assert whole["usageMetadata"] == {"promptTokenCount": 8, "candidatesTokenCount": 2, "totalTokenCount": 10}
    assert counted == {"totalTokens": 8}


async def test_the_client_s_other_way_to_ask_is_understood(model: Desk) -> None:
    """The real client reads a whole answer and its counts too."""
    model.fake.script(Reply(text="Long.", usage=Usage(prompt=8, answer=2, thoughts=3)))
    client = (await model.tool._client.opened()).client
    answer = await client.ainvoke("How long?")
    assert (answer.text, model.fake.asked[-1].method) == ("Long.", "generateContent")
    assert answer.usage_metadata
    assert (answer.usage_metadata["input_tokens"], answer.usage_metadata["output_tokens"]) == (8, 5)


async def test_a_wrong_key_is_refused_as_google_does(model: Desk) -> None:
    """It is a bad request with a reason, and nothing is billed."""
    refused = await post(model.fake.url, "generateContent", key="another")
    assert refused.status_code == 400
    assert refused.json()["error"]["details"][0]["reason"] == "API_KEY_INVALID"
    assert model.fake.billed == []


async def test_it_can_be_tried_by_hand(tmp_path: Path) -> None:
    """Started as a module it prints its address and answers by the rules of a file."""
    rules = tmp_path / "rules.json"
    rules.write_text(json.dumps([{"contains": "string", "reply": {"text": "Long.", "usage": None}}]))
    started = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.fakes.gemini", "--rules", str(rules), stdout=asyncio.subprocess.PIPE
    )
    assert started.stdout
    try:
        url = (await asyncio.wait_for(started.stdout.readline(), 60)).decode().strip()
        answer = await post(url, "generateContent")
    finally:
        started.kill()
        await started.communicate()
    assert answer.json()["candidates"][0]["content"]["parts"] == [{"text": "Long."}]
