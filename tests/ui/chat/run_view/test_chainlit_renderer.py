"""What the renderer sends to a page, in a session of Chainlit's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graph.events import Event, Noted, PhaseStarted, Written
from graph.records import Phase
from graph.untrusted import Untrusted
from tests.fakes.chainlit_home import Browser, browse
from tests.ui.chat.run_view.modelled import finished, started
from ui.chat.run_view.chainlit_renderer import METER_SECONDS, ROOT, ChainlitRenderer, RenderedParts
from ui.chat.run_view.decision_cards import card
from ui.chat.run_view.event_reducer import reduce_event
from ui.chat.run_view.run_view_model import RunViewModel
from ui.chat.run_view.stable_ids import part_id


class Clock:
    """A clock that a test sets."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def opened(
    parts: RenderedParts | None = None,
) -> tuple[Browser, ChainlitRenderer, Callable[..., None], Clock]:
    """Open a session; return its browser, a renderer, what applies events to its model, and its clock."""
    clock, model = Clock(), RunViewModel(budget=1_000_000, deadline=0.0)
    browser = browse(None)
    renderer = ChainlitRenderer("r", model, parts or RenderedParts(), clock)

    def apply(*events: Event) -> None:
        for event in events:
            reduce_event(model, event)

    return browser, renderer, apply, clock


def meters(browser: Browser) -> list[Any]:
    """Return the meters that the page was sent."""
    return [each for each in browser.of("element") if each["name"] == "Meter"]


async def test_a_run_begins_with_its_root_its_meter_and_its_tasks() -> None:
    """The page has a place for all that follows, before anything happened."""
    browser, renderer, _, _ = opened()
    await renderer.begin()
    (root, status) = browser.of("new_message")
    assert (root["id"], root["name"], root["type"]) == (part_id("r", "root"), ROOT, "run")
    assert status["parentId"] == root["id"]
    assert [each["name"] for each in browser.of("element")] == ["Meter", "tasklist"]


async def test_a_call_is_sent_once_and_then_updated() -> None:
    """The step of a call keeps its id and its place under its line."""
    browser, renderer, apply, _ = opened()
    await renderer.begin()
    apply(PhaseStarted(phase=Phase.VALIDATING), started("read"))
    await renderer.render()
    apply(finished("read"))
    await renderer.render()
    id_ = part_id("r", "call", "read")
    (new,) = [each for each in browser.of("new_message") if each["id"] == id_]
    (update,) = [each for each in browser.of("update_message") if each["id"] == id_]
    assert new["parentId"] == update["parentId"] == part_id("r", "line", "concluding")
    assert new["createdAt"] == update["createdAt"]
    assert (new["end"], bool(update["end"])) == (None, True)


async def test_nothing_that_did_not_change_is_sent() -> None:
    """A second call without an event sends nothing."""
    browser, renderer, apply, _ = opened()
    await renderer.begin()
    apply(Noted(text="a note"))
    await renderer.render()
    sent = len(browser.sent)
    await renderer.render()
    assert len(browser.sent) == sent


async def test_a_meter_that_came_too_soon_is_sent_later() -> None:
    """The page redraws the meter once in a while; the last state is never lost."""
    browser, renderer, apply, clock = opened()
    await renderer.begin()
    apply(started("read"))
    await renderer.render()
    apply(finished("read", cost=5_000))
    await renderer.render()
    assert [each["props"]["spent"] for each in meters(browser)] == ["$0.00", "$0.00"]
    clock.now += METER_SECONDS
    await renderer.render()
    assert [each["props"]["spent"] for each in meters(browser)] == ["$0.00", "$0.00", "$0.005"]


async def test_the_end_removes_the_draft_and_closes_the_run() -> None:
    """The checked report takes the place of the draft, and the meter says how the run ended."""
    browser, renderer, apply, _ = opened()
    await renderer.begin()
    apply(Written(text=Untrusted("A draft.")))
    await renderer.render()
    await renderer.end("Answered: 1 call")
    assert [each["id"] for each in browser.of("delete_message")] == [part_id("r", "message", "draft")]
    props = meters(browser)[-1]["props"]
    assert (props["over"], props["said"]) == (True, "Answered: 1 call")
    root = next(each for each in browser.of("update_message") if each["id"] == part_id("r", "root"))
    assert root["end"]


async def test_a_card_replaces_itself_and_one_that_raises_stands_alone() -> None:
    """The same question is one message in a conversation that is shown again."""
    parts = RenderedParts()
    made = card("r", {"kind": "clarify", "question": "Which?"}, budget="$1.00")
    browser, renderer, _, _ = opened(parts)
    await renderer.send_card(made)
    again, renderer, _, _ = opened(parts)
    await renderer.send_card(made)
    (new,) = browser.of("new_message")
    (update,) = again.of("update_message")
    assert (new["id"], new["parentId"]) == (update["id"], part_id("r", "root"))
    money = card("r", {"kind": "raise", "budget_usd": "1.00"}, budget="$1.00")
    await renderer.send_card(money)
    assert again.of("new_message")[-1]["parentId"] is None
