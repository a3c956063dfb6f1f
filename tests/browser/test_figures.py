"""Figures in the panel are read in every theme and on every screen."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.chat import Chat
from tests.browser.conftest import PHONE, Visit
from tests.browser.server import ChatServer

pytestmark = pytest.mark.timeout(400)

LEAST = 4.5
CONTRASTS = """() => {
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number)
  const light = (colour) => {
    const [r, g, b] = parts(colour).map((each) => each / 255)
      .map((each) => (each <= 0.03928 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const ground = (node) => {
    for (; node; node = node.parentElement) {
      const colour = getComputedStyle(node).backgroundColor
      if (colour !== "transparent" && parts(colour)[3] !== 0) return colour
    }
    return "rgb(255, 255, 255)"
  }
  return [...document.querySelectorAll(".js-plotly-plot text")].map((text) => {
    const ends = [light(getComputedStyle(text).fill), light(ground(text))].sort((a, b) => b - a)
    return [text.textContent, (ends[0] + 0.05) / (ends[1] + 0.05)]
  })
}"""
CUT_OFF = """() => {
  const frame = document.querySelector(".js-plotly-plot").getBoundingClientRect()
  return [...document.querySelectorAll(".js-plotly-plot .textpoint text")]
    .map((text) => [text.textContent, text.getBoundingClientRect()])
    .filter(([, box]) => box.left < frame.left - 1 || box.right > frame.right + 1)
    .map(([words]) => words)
}"""


@pytest.mark.parametrize("viewport", [None, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_labels_are_whole_and_have_contrast(
    server: ChatServer, visit: Visit, theme: str, viewport: dict[str, int] | None
) -> None:
    """Letters have 4.5 to 1 on what they stand on, and the labels of claims end inside the figure."""
    look: dict[str, Any] = {"color_scheme": theme, **({"viewport": viewport} if viewport else {})}
    chat = Chat(page=visit(server, "ann", **look))
    chat.ask()
    chat.approve()
    chat.report().get_by_role("button", name="Claims and sources").click()
    expect(chat.page.locator(".js-plotly-plot .textpoint").first).to_be_visible()
    found = chat.page.evaluate(CONTRASTS)
    assert found
    assert [each for each in found if each[1] < LEAST] == []
    assert chat.page.evaluate(CUT_OFF) == []


def test_charts_of_operators_follow_the_theme(server: ChatServer, visit: Visit) -> None:
    """A figure that was drawn in the light is still read when the page turns dark."""
    page = visit(server, "ada", color_scheme="light")
    page.locator("#chat-input").click()
    page.keyboard.type("/status")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator(".js-plotly-plot text").first).to_be_visible()
    for theme in ("light", "dark"):
        page.evaluate(f"document.documentElement.className = '{theme}'")
        page.wait_for_timeout(500)
        assert [each for each in page.evaluate(CONTRASTS) if each[1] < LEAST] == []
