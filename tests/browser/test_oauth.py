"""Log in with a provider: whom it lets in, as whom, what is said to the others, and when it ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chat import RUN_MS, Chat
from tests.browser.conftest import Visit, log_in
from tests.browser.server import ChatServer
from tests.fakes.provider import NAME, Provider, provider

pytestmark = pytest.mark.timeout(400)

PEOPLE: dict[str, dict[str, Any]] = {
    "Eve": {"email": "Eve@example.org", "email_verified": True},
    "Fay": {"email": "fay@example.org", "email_verified": True},
    "Gil": {"email": "gil@third.example", "email_verified": True},
    "Ada": {"email": "ada@example.org", "email_verified": True},
    "Zoe": {"email": "zoe@other.example", "email_verified": True},
    "Mallory": {"email": "ada@example.org", "email_verified": False},
    "Heir": {"email": "ada@example.org", "email_verified": True},
}
DOMAINS = "example.org,third.example"
ALERT = "[role=alert]"


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """A server of the chat, and the provider it sends people to."""

    server: ChatServer
    provider: Provider

    def door(self, visit: Visit) -> Page:
        """Return the page to log in, in a browser of its own."""
        return visit(self.server, None, besides=self.provider.url)

    def come(self, visit: Visit, person: str) -> Page:
        """Return the page on which a person ends who logs in with the provider."""
        page = self.door(visit)
        knock(page, person)
        return page

    def chat(self, visit: Visit, person: str) -> Chat:
        """Return the chat of a person who comes in."""
        page = self.come(visit, person)
        page.wait_for_selector("#chat-input")
        return Chat(page=page)

    def again(self, **changed: str) -> None:
        """Restart the server with other settings."""
        self.server.kill()
        self.server.more = {**self.server.more, **changed}
        self.server.start()


def knock(page: Page, person: str) -> None:
    """Go to the provider, and log in there."""
    page.get_by_role("button", name=f"Continue with {NAME}").click()
    page.get_by_role("link", name=person).click()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Serve people of one domain, of whom one has an account, and somebody with a password alone."""
    with provider(PEOPLE) as there:
        more = {**there.settings, "ATTEST_OAUTH_DOMAINS": DOMAINS, "ATTEST_OAUTH_ROLE": "analyst"}
        server = ChatServer(home=tmp_path_factory.mktemp("oauth"), more=more)
        server.more = {**more, "CHAINLIT_URL": server.url}
        there.serve(server.url)
        server.account("ada@example.org", "admin")
        server.start()
        yield House(server=server, provider=there)
        server.stop()


def test_a_person_comes_in_and_sees_their_own(house: House, visit: Visit) -> None:
    """Eve asks and gets her report, also over the API; Fay finds nothing of hers; neither may operate."""
    eve = house.chat(visit, "Eve")
    eve.ask()
    eve.approve()
    thread, run = eve.thread(), eve.run_id()
    assert eve.page.request.get(f"{house.server.url}/api/runs/{run}").ok
    fay = house.chat(visit, "Fay")
    for address in (f"/project/thread/{thread}", f"/reading/{run}/json", f"/api/runs/{run}"):
        assert eve.page.request.get(house.server.url + address).ok, address
        assert not fay.page.request.get(house.server.url + address).ok, address
    fay.page.goto(f"{house.server.url}/thread/{thread}")
    fay.page.wait_for_timeout(1_000)
    expect(fay.page.get_by_test_id("report")).to_have_count(0)
    expect(fay.page.locator("#command-button")).to_have_count(0)


@pytest.mark.parametrize(
    ("person", "said"),
    [("Zoe", "Your mail address may not come in here."), ("Mallory", "Confirm the address there")],
)
def test_who_may_not_come_in_is_told_why(house: House, visit: Visit, person: str, said: str) -> None:
    """Another domain, and an address nobody confirmed, though an account has it, are refused: it says why."""
    page = house.come(visit, person)
    expect(page.locator(ALERT)).to_contain_text(said)
    assert page.request.get(f"{house.server.url}/user").status == 401
    assert f"login by {NAME} refused" in house.server.log()


def test_a_state_of_somebody_else_is_refused(house: House, visit: Visit) -> None:
    """Who is sent back with a state this browser did not begin with does not come in, and may try again."""
    house.provider.spoil["state"] = "of another browser"
    try:
        page = house.come(visit, "Eve")
        expect(page.locator(ALERT)).to_contain_text("did not come to an end")
    finally:
        house.provider.spoil.clear()
    assert page.request.get(f"{house.server.url}/user").status == 401
    knock(page, "Eve")
    page.wait_for_selector("#chat-input")


def test_an_account_brings_its_role(house: House, visit: Visit) -> None:
    """Ada is the administrator she is by password, with the same conversations: her name is her mail."""
    by_mail = house.chat(visit, "Ada")
    by_mail.command("status")
    expect(by_mail.part("table-status")).to_be_visible(timeout=RUN_MS)
    by_password = house.door(visit)
    log_in(by_password, "ada@example.org")
    (thread,) = threads(house, by_mail.page)
    assert threads(house, by_password) == [thread]
    heir = house.come(visit, "Heir")
    expect(heir.locator(ALERT)).to_contain_text("sign in with the same account")
    assert heir.request.get(f"{house.server.url}/user").status == 401


def test_a_login_ends_with_what_it_rests_on(house: House, visit: Visit) -> None:
    """One by password ends with its account, whatever came later; one by OAuth with the domain; no other."""
    eve, gil, ada = house.chat(visit, "Eve").page, house.chat(visit, "Gil").page, house.door(visit)
    log_in(ada, "ada@example.org")
    house.chat(visit, "Ada")
    house.server.attest("users", "remove", "ada@example.org")
    assert ada.request.get(f"{house.server.url}/user").status == 401
    expect(ada.locator("input[name=password]")).to_be_visible()  # by itself: its session is over
    house.again(ATTEST_OAUTH_DOMAINS="example.org", ATTEST_PASSWORD_LOGIN="no")  # noqa: S106  # a switch
    for page, status in ((eve, 200), (gil, 401)):
        assert page.request.get(f"{house.server.url}/user").status == status
        page.reload()
    eve.wait_for_selector("#chat-input")
    expect(gil.get_by_role("button", name=f"Continue with {NAME}")).to_be_visible()
    expect(gil.locator("input[name=password]")).to_have_count(0)


def threads(house: House, page: Page) -> list[str]:
    """Return the conversations that a person's page may list."""
    asked = {"pagination": {"first": 20}, "filter": {}}
    reply = page.request.post(
        f"{house.server.url}/project/threads", data=asked, headers={"origin": house.server.url}
    )
    return [thread["id"] for thread in reply.json()["data"]]
