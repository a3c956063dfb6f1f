from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from graph.costs import Tokens
from graph.errors import Exhausted, Refused, Unavailable
from graph.events import CallFinished, CallStarted
from graph.options import Options
from graph.untrusted import Untrusted
from tests.tools.models.embedding.embedding_desk import MODEL, RUN, VIEWER, EmbeddingDesk, embedding_desk
from tools.models.embedding.embedding_arguments import SCAFFOLD

TEXTS = ["The lamp burns.", "Deep sea."]
COST = sum(SCAFFOLD + len(text) for text in TEXTS)


async def vectors(desk: EmbeddingDesk, texts: Sequence[str] = TEXTS) -> Sequence[bytes]:
    return await desk.embedder.passages(RUN, [Untrusted(text) for text in texts], desk.heard.append)


async def test_passages_and_queries_are_sent_as_the_provider_has_it(tmp_path: Path) -> None:
    """One request for each batch, with what the vectors are for and how long they may be."""
    async with embedding_desk(tmp_path) as desk:
        made = await vectors(desk)
        query = await desk.embedder.query(RUN, "lamp?", desk.heard.append)
        assert len(made) == 2
        assert len({len(vector) for vector in (*made, query)}) == 1
        assert desk.service.texts == [*TEXTS, "lamp?"]
        kinds = [request["taskType"] for body in desk.service.asked for request in body["requests"]]
        assert kinds == ["RETRIEVAL_DOCUMENT", "RETRIEVAL_DOCUMENT", "RETRIEVAL_QUERY"]
        assert {r["outputDimensionality"] for body in desk.service.asked for r in body["requests"]} == {768}


async def test_a_call_is_budgeted_journalled_cached_and_audited(tmp_path: Path) -> None:
    """It costs what it reserved, is replayed for its run and cached for others, and stands in the chain."""
    async with embedding_desk(tmp_path) as desk:
        made = await vectors(desk)
        assert await desk.spent() == COST
        assert await vectors(desk) == made
        other = replace(RUN, id="r3")
        passages = [Untrusted(text) for text in TEXTS]
        assert await desk.embedder.passages(other, passages, desk.heard.append) == made
        assert len(desk.service.asked) == 1
        assert (await desk.spent(), await desk.spent(other)) == (COST, 0)
        assert (await desk.calls.cost("r1")).by_model == {f"google_genai:{MODEL}": COST}
        chain = await desk.calls.chain("r1")
        assert [entry.kind for entry in chain if "embedding." in str(entry.detail)] != []
        assert (await desk.calls.made("r1"))[0].tokens in {None, Tokens(prompt=0, answer=0)}


async def test_calls_for_passages_are_not_announced_one_by_one(tmp_path: Path) -> None:
    """The progress of the documents says how far they are."""
    async with embedding_desk(tmp_path) as desk:
        await vectors(desk)
        assert not [event for event in desk.heard if isinstance(event, CallStarted | CallFinished)]


async def test_without_budget_nothing_is_sent(tmp_path: Path) -> None:
    """The run is told that its budget has no room."""
    async with embedding_desk(tmp_path) as desk:
        poor = replace(RUN, options=Options(budget=COST - 1))
        with pytest.raises(Exhausted, match="budget"):
            await desk.embedder.passages(poor, [Untrusted(text) for text in TEXTS], desk.heard.append)
        assert desk.service.asked == []


async def test_a_viewer_spends_nothing(tmp_path: Path) -> None:
    """The policy of calls holds for these too."""
    async with embedding_desk(tmp_path) as desk:
        with pytest.raises(Refused, match="viewer"):
            await desk.embedder.query(VIEWER, "lamp?", desk.heard.append)
        assert desk.service.asked == []


async def test_a_busy_provider_is_asked_again(tmp_path: Path) -> None:
    """A refusal that costs nothing is tried once more; then the error names the service."""
    async with embedding_desk(tmp_path) as desk:
        desk.service.failures = [503]
        await vectors(desk)
        assert len(desk.service.asked) == 2
        desk.service.failures = [503, 503]
        with pytest.raises(Unavailable, match="answered 503"):
            await vectors(desk, ["Another."])


async def test_a_refused_key_is_named(tmp_path: Path) -> None:
    """The message says which setting to correct, and repeats no word of the service."""
    async with embedding_desk(tmp_path, ATTEST_GEMINI_KEY="wrong") as desk:
        with pytest.raises(Unavailable, match="correct ATTEST_GEMINI_KEY") as caught:
            await vectors(desk)
        assert "Words of the service" not in str(caught.value)


async def test_an_answer_with_too_few_vectors_is_none(tmp_path: Path) -> None:
    """It counts as billed, and no vector gets the place of another."""
    async with embedding_desk(tmp_path) as desk:
        desk.service.short = True
        with pytest.raises(Unavailable, match="1 vectors came back for 2 texts"):
            await vectors(desk)
        assert await desk.spent() == COST


async def test_the_fingerprint_tells_model_and_place(tmp_path: Path) -> None:
    """Elsewhere the same name may mean another model."""
    async with embedding_desk(tmp_path) as desk:
        fingerprint = await desk.embedder.fingerprint()
        assert fingerprint.startswith(f"embedding.google_genai:{MODEL}-1-")
