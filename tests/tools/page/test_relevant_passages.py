from __future__ import annotations

from tests.fakes.tools import snapshot
from tools.page.relevant_passages import relevant

FILLER = "Storms come in autumn and leave the harbour quiet for days on end. " * 12
PAGE = snapshot(f"{FILLER}\n\n{FILLER}\n\nKrill swarm in cold seas. {FILLER}\n\n{FILLER}")


def test_the_passage_that_holds_the_words_leads() -> None:
    """With a query the best passages come first, each with its score."""
    first, second = relevant(PAGE, "krill in cold seas", 2)
    assert "Krill" in PAGE.text.reveal()[first.span.start : first.span.end]
    assert first.score > second.score


def test_without_words_to_look_for_the_first_passages_come_in_order() -> None:
    """No query, and one of signs alone, ask for the beginning."""
    for query in ("", "?!"):
        passages = relevant(PAGE, query, 2)
        assert passages[0].span.start == 0
        assert [passage.score for passage in passages] == [1.0, 0.5]
