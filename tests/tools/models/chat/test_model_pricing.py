from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.costs import Tokens
from graph.errors import Misconfigured
from tests.tools.models.chat.asking import question
from tools.models.chat.model_arguments import most_prompt_tokens
from tools.models.chat.model_pricing import Price, bill, own_prices

NOW = 1_792_000_000.0
COUNTS = st.integers(min_value=0, max_value=10**6)


@pytest.mark.parametrize(
    ("tokens", "micros"),
    [
        (Tokens(prompt=1_000, cached=640, answer=95), 1_480),  # 360 x 1.25 + 640 x 0.125 + 95 x 10
        (Tokens(prompt=300_000, answer=1_000), 765_000),  # beyond 200,000 it is 2.50 and 15
        (Tokens(prompt=1, answer=0), 2),  # 1.25, rounded up
        (Tokens(prompt=0, answer=0), 0),
    ],
)
def test_a_published_price_is_in_whole_micro_dollars_rounded_up(tokens: Tokens, micros: int) -> None:
    """Cached tokens are cheaper, thoughts cost as an answer, long prompts cost more."""
    assert bill("google_genai", "gemini-2.5-pro", {}, lambda: NOW).of(tokens) == micros


@given(COUNTS, COUNTS, st.data())
def test_no_call_costs_more_than_its_worst_case(
    most_prompt: int, most_answer: int, data: st.DataObject
) -> None:
    """Fewer tokens, cached or not, never cost more than the reservation, in tiers too."""
    prompt = data.draw(st.integers(0, most_prompt))
    answer = data.draw(st.integers(0, most_answer))
    cached = data.draw(st.integers(0, prompt))
    tokens = Tokens(prompt=prompt, answer=answer, cached=cached)
    for model in ("gemini-2.5-pro", "gemini-2.5-flash"):
        listed = bill("google_genai", model, {}, lambda: NOW)
        assert listed.of(tokens) <= listed.worst(prompt=most_prompt, answer=most_answer)


@given(COUNTS, COUNTS, COUNTS, st.data())
def test_an_own_price_is_never_rounded_down(
    prompt: int, cached: int, answer: int, data: st.DataObject
) -> None:
    """The operator's price covers the exact sum, by less than a micro-dollar."""
    tokens = Tokens(prompt=prompt, cached=data.draw(st.integers(0, prompt)), answer=data.draw(COUNTS))
    price = Price(prompt=prompt, cached=cached, answer=answer)
    exact = (tokens.prompt - tokens.cached) * prompt + tokens.cached * cached + tokens.answer * answer
    assert 0 <= price.of(tokens) * 1_000_000 - exact < 1_000_000


def test_an_own_price_goes_before_the_published_one_and_may_be_nothing() -> None:
    """A local model is free only because the operator says so."""
    own = own_prices(
        '{"ollama:llama3.1": {"prompt": 0, "answer": 0}, "gemini-2.5-pro": {"prompt": 5, "answer": 7}}'
    )
    assert bill("ollama", "llama3.1", own, lambda: NOW).worst(prompt=10**6, answer=10**6) == 0
    assert bill("google_genai", "gemini-2.5-pro", own, lambda: NOW).worst(prompt=10**6, answer=10**6) == 12


@pytest.mark.parametrize(
    ("provider", "model"),
    [("google_genai", "gemini-9-nobody"), ("ollama", "llama3.1"), ("google_genai", "gemma-3-27b-it")],
)
def test_a_model_without_a_price_is_refused(provider: str, model: str) -> None:
    """Unknown, unlisted and listed without a price alike: nothing is spent that cannot be counted."""
    with pytest.raises(Misconfigured, match="ATTEST_MODEL_PRICES"):
        bill(provider, model, {}, lambda: NOW)


@pytest.mark.parametrize(
    "text", ["[]", "{", '{"m": {"prompt": -1, "answer": 1}}', '{"m": {"prompt": 1}}', '{"m": 1}']
)
def test_a_table_of_prices_that_is_none_is_named(text: str) -> None:
    """A slip in the setting is an error with the way out, not a price of nothing."""
    with pytest.raises(Misconfigured, match="ATTEST_MODEL_PRICES is no table"):
        own_prices(text)


@given(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
)
def test_a_prompt_has_no_more_tokens_than_bytes(system: str, user: str) -> None:
    """The bound is at least the bytes of all that is sent, which no lossless tokenizer exceeds."""
    bound = most_prompt_tokens(question(system=system, user=user))
    assert bound >= len(system.encode()) + len(user.encode()) + 256
