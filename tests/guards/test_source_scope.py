from __future__ import annotations

import pytest

from guards.source_scope import are_sources_known

KNOWN = frozenset({"documents", "web", "wikipedia"})


@pytest.mark.parametrize("sources", [("documents",), ("web", "documents"), ("wikipedia",)])
def test_known_sources_pass(sources: tuple[str, ...]) -> None:
    """A kind of source and a single tool can both be named."""
    assert are_sources_known(sources, KNOWN).allowed


@pytest.mark.parametrize(("sources", "named"), [(("web", "altavista"), "altavista"), ((), "no sources")])
def test_unknown_sources_are_refused_with_what_there_is(sources: tuple[str, ...], named: str) -> None:
    """The refusal names the first that is wrong and all that would do."""
    decision = are_sources_known(sources, KNOWN)
    assert not decision.allowed
    assert named in decision.reason
    assert "documents, web, wikipedia" in decision.reason
