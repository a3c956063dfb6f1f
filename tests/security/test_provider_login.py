"""A page, or a provider, that would log a browser in as somebody else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.config.database_address import Location
from graph.people.login_states import LASTS, LoginStates
from tests.browser.server import ChatServer
from tests.fakes.people import Known, known
from tests.fakes.provider import NAME, Provider, provider
from tests.fakes.stored import engine, place  # noqa: F401  # fixtures
from tests.security.page import stranger

PEOPLE = {
    "Eve": {"email": "eve@example.org", "email_verified": True},
    "Mallory": {"email": "mallory@example.org", "email_verified": True},
}
BEGIN = f"/auth/oauth/{NAME}"


@pytest.fixture(scope="module")
def house() -> Iterator[Provider]:
    with provider(PEOPLE) as made:
        yield made


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, house: Provider) -> Iterator[ChatServer]:
    """Serve the chat to people of a provider."""
    made = ChatServer(home=tmp_path_factory.mktemp("provider"))
    made.more = {**house.settings, "ATTEST_OAUTH_DOMAINS": "example.org", "CHAINLIT_URL": made.url}
    house.serve(made.url)
    made.start()
    yield made
    made.stop()


async def begun(client: httpx.AsyncClient, **headers: str) -> dict[str, str]:
    """Begin a login, and return what the provider is asked."""
    reply = await client.get(BEGIN, headers=headers)
    assert reply.status_code in {302, 307}, reply.text
    return {key: values[0] for key, values in parse_qs(urlsplit(reply.headers["location"]).query).items()}


def vouched(house: Provider, asked: dict[str, str], person: str = "Eve") -> str:
    """Log in at the provider, and return the address it sends the browser back to."""
    status, headers, _ = house.authorize({**asked, "person": person})
    assert status == 302
    return headers["Location"]


async def is_in(client: httpx.AsyncClient) -> bool:
    return (await client.get("/user")).status_code == 200


async def test_a_login_comes_to_its_end_once(server: ChatServer, house: Provider) -> None:
    """Eve comes in; her way back, taken again in the same browser, lets nobody in."""
    async with stranger(server) as eve:
        asked = await begun(eve)
        back = vouched(house, asked)
        reply = await eve.get(back)
        assert reply.headers["location"].startswith("/login/callback")
        assert (await eve.get("/user")).json()["display_name"] == "eve@example.org"
        await eve.post("/logout")
        again = await eve.get(back)
        assert again.headers["location"].endswith("/login?error=oauthSignin")
        assert not await is_in(eve)


async def test_a_state_is_of_one_browser(server: ChatServer, house: Provider) -> None:
    """A way back that mallory began does not log eve's browser in as mallory, whatever eve began."""
    async with stranger(server) as mallory, stranger(server) as eve:
        back = vouched(house, await begun(mallory), "Mallory")
        assert (await eve.get(back)).headers["location"].endswith("error=oauthSignin")
        await begun(eve)
        assert (await eve.get(back)).headers["location"].endswith("error=oauthSignin")
        assert not await is_in(eve)


async def test_a_code_of_another_login_is_not_taken(server: ChatServer, house: Provider) -> None:
    """A stolen code is worth nothing in a login that did not begin with it: PKCE proves who began."""
    async with stranger(server) as eve, stranger(server) as mallory:
        stolen = parse_qs(urlsplit(vouched(house, await begun(eve))).query)["code"][0]
        own = await begun(mallory)
        back = f"{BEGIN}/callback?code={stolen}&state={own['state']}"
        assert (await mallory.get(back)).headers["location"].endswith("error=oauthSignin")
        assert not await is_in(mallory)


async def test_no_header_names_the_way_back(server: ChatServer) -> None:
    """Whatever Host a request has, the provider is told the address that the operator set."""
    async with stranger(server) as client:
        for headers in ({"Host": "evil.example"}, {"X-Forwarded-Host": "evil.example"}):
            reply = await client.get(BEGIN, headers=headers)
            if reply.status_code < 400:  # a Host that is not this server's may be refused as such
                assert "evil" not in reply.headers["location"]
        asked = await begun(client, **{"X-Forwarded-Proto": "https"})
        assert asked["redirect_uri"] == f"{server.url}{BEGIN}/callback"
        assert asked["code_challenge_method"] == "S256"
        assert len(asked["code_challenge"]) == 43
        assert len(asked["state"]) >= 43


@pytest.mark.parametrize(
    "back",
    [
        "",
        "?code=x",
        "?state=x",
        "?code=x&state=x",
        "?error=access_denied&state=x",
        "?code=x&state=%00",
        "?code=&state=",
    ],
)
async def test_a_way_back_that_nobody_began_is_told_on_the_page(server: ChatServer, back: str) -> None:
    """Forged and broken ones lead to the login page with a reason, and never to a failure."""
    async with stranger(server) as client:
        reply = await client.get(f"{BEGIN}/callback{back}")
        assert reply.status_code == 303
        assert reply.headers["location"].endswith("/login?error=oauthSignin")


@pytest.mark.parametrize(
    "path", ["/auth/oauth/okta", "/auth/oauth/nobody", "/auth/oauth/okta/callback?code=x&state=x"]
)
async def test_a_provider_that_is_not_set_up_has_no_routes(server: ChatServer, path: str) -> None:
    """Chainlit knows eleven; whoever is sent to another is told that there is none."""
    async with stranger(server) as client:
        assert (await client.get(path)).status_code == 404
        assert (await client.post("/auth/oauth/azure-ad-hybrid/callback")).status_code == 404


def test_a_server_with_a_provider_wants_its_address(tmp_path: Path, house: Provider) -> None:
    """Without CHAINLIT_URL it ends at once with one line that names it."""
    server = ChatServer(home=tmp_path, more={**house.settings, "ATTEST_OAUTH_DOMAINS": "example.org"})
    with pytest.raises(AssertionError, match="did not come up"):
        server.start()
    assert "set CHAINLIT_URL to the address people open" in server.log()
    assert "Traceback" not in server.log()


@pytest.fixture
def there(place: Location) -> Iterator[Known]:  # noqa: F811  # the fixture
    with known(place) as made:
        yield made


async def test_a_state_is_of_one_provider_and_one_way_back_and_lasts_a_while(there: Known) -> None:
    """Taken by another provider, for another address, twice or too late, it gives nothing, and is spent."""
    now = [1_000.0]
    states = LoginStates(there.database, clock=lambda: now[0])
    here = ("house", "https://a.example/callback")
    for provider_id, redirect in (("other", here[1]), ("house", "https://b.example/callback")):
        state, _ = await states.begin(*here)
        assert await states.take(state, provider_id, redirect) is None
        assert await states.take(state, *here) is None
    state, verifier = await states.begin(*here)
    assert await states.take(state, *here) == verifier
    assert await states.take(state, *here) is None
    late, _ = await states.begin(*here)
    now[0] += LASTS
    assert await states.take(late, *here) is None
    await states.begin(*here)
    kept = await there.database.read(
        lambda connection: connection.execute("SELECT digest FROM login_states").fetchall()
    )
    assert len(kept) == 1
    assert state not in str(kept)


@given(text=st.text(max_size=100))
async def test_no_text_is_a_state(states: LoginStates, text: str) -> None:
    """What was never begun gives nothing, and never fails."""
    assert await states.take(text, "house", "https://a.example/callback") is None


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LoginStates]:
    with known(tmp_path_factory.mktemp("states")) as made:
        yield LoginStates(made.database)
