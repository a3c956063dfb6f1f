"""Options and sources that a run may have."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import Refused
from graph.options import Approve, Mode, Options, Role
from guards.option_bounds import FREE, are_sources_known, read_bounded, read_options


def test_knobs_are_read_over_the_defaults() -> None:
    """What a caller leaves out comes from the operator's defaults."""
    defaults = Options(docs=("/library",), budget=5)
    options = read_options({"mode": "deep", "approve": "ask"}, defaults)
    assert options == Options(docs=("/library",), budget=5, mode=Mode.DEEP, approve=Approve.ASK)


@pytest.mark.parametrize(
    ("knobs", "named"),
    [
        ({"mode": "huge"}, "mode"),
        ({"budget": -1}, "budget"),
        ({"budget": "much"}, "budget"),
        ({"user": ""}, "user"),
        ({"user": "x" * 201}, "user"),
        ({"docs": "one"}, "docs"),
        ({"surprise": 1}, "surprise"),
        ({"language": "de-DE"}, "language"),
        ({"language": "DE"}, "language"),
        ({"language": "german"}, "language"),
        ({"language": "de\n"}, "language"),
        ({"language": None}, "language"),
    ],
)
def test_a_wrong_knob_is_refused_by_name(knobs: dict[str, object], named: str) -> None:
    """A slip in the options is named, never ignored."""
    with pytest.raises(Refused, match=named):
        read_options(knobs, Options())


LETTERS = st.text("abcz", max_size=5)
SIGNS = st.text(st.sampled_from("aZé.-/@:#?%\n \u0430\u0131\uff41"), max_size=5)


@given(LETTERS | SIGNS | st.text(max_size=4))
def test_a_language_is_two_or_three_small_letters_or_none(code: str) -> None:
    """Whatever is sent as a language, what a run gets can stand in an address and is a label of a host."""
    if not code or (code.isascii() and code.isalpha() and code.islower() and 2 <= len(code) <= 3):
        assert read_options({"language": code}, Options()).language == code
    else:
        with pytest.raises(Refused, match="option language: write the two or three small letters"):
            read_options({"language": code}, Options())


BOUNDS = Options(docs=("/srv/library", "/srv/notes"), budget=500, user="ann", role=Role.ANALYST)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from(["library", "notes", "/etc", "..", "ann", "admin"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=2), inner, max_size=2),
    max_leaves=4,
)
NAMES = st.sampled_from([field.name for field in fields(Options)]) | st.text(max_size=4)


@given(st.dictionaries(NAMES, JSON, max_size=4))
def test_nothing_sent_passes_the_bounds(knobs: dict[str, object]) -> None:
    """Whatever JSON is sent is refused in words, or leaves folders, money, user and role within bounds."""
    try:
        options = read_bounded(knobs, BOUNDS)
    except Refused:
        return
    assert set(options.docs) <= set(BOUNDS.docs)
    assert options.budget <= BOUNDS.budget
    assert (options.user, options.role, options.share) == (BOUNDS.user, BOUNDS.role, BOUNDS.share)


def test_each_knob_is_free_or_bound() -> None:
    """A new knob is the operator's until somebody decides that it is anybody's."""
    assert {field.name for field in fields(Options)} - FREE == {"user", "role", "share"}
    assert read_bounded({"docs": ["notes"], "budget": 499, "mode": "deep"}, BOUNDS).docs == ("/srv/notes",)


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
