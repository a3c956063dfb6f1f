"""Test the suite that counts what models cost."""

from __future__ import annotations

import pytest

from evals.suite import Setup
from evals.suites import gateway
from tools.models.chat import gemini as chat


async def test_models_are_counted_up_degraded_and_down(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three questions keep the cheap path; with the premium model down the standard one does all the work."""
    monkeypatch.setattr(gateway, "SECONDS", 0.0)
    # On a busy machine this loop may accept a connection late: the call would count as one never made.
    monkeypatch.setattr(chat, "CONNECT_SECONDS", 60.0)
    measured = await gateway.measure(Setup(data=None, limit=3, clock=lambda: 0.0, say=lambda _: None))
    calls, repeated, slower, extractive = measured.metrics
    assert [metric.target for metric in measured.metrics] == [2.0, 0.0, 1.5, 1.0]
    assert [metric.lower_is_better for metric in measured.metrics] == [True, True, True, False]
    assert calls.met
    assert calls.value > 0
    assert repeated.met
    assert extractive.met
    assert slower.n == 3
    up, again, degraded, down = measured.cases
    assert up["requests"].keys() == {gateway.PREMIUM, gateway.STANDARD}
    assert degraded["requests"].keys() == {gateway.STANDARD}
    assert sum(degraded["requests"].values()) == sum(up["requests"].values())
    assert again["requests"] == down["requests"] == {}
    assert again["spent"] == down["spent"] == 0
