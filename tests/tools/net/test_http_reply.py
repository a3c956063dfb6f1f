from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Response

from graph.errors import AttestError, Misconfigured, Unavailable, Unusable
from tests.tools.net.asking import NOW, asked, place
from tools.net.http_client import Request
from tools.net.http_reply import Fault, retry_after

OPERATOR = {301, 302, 303, 304, 307, 308, 401, 402}
QUESTION = {400, 404, 405, 406, 409, 410, 413, 414, 415, 422, 431, 451, 499}
LATER = {403, 408, 425, 429, 500, 501, 502, 503, 504, 507, 520, 529, 599}


async def refused(
    server: HTTPServer,
    status: int,
    headers: dict[str, str] | None = None,
    *,
    key: str | None = None,
    body: str = "",
    faults: tuple[Fault, ...] = (),
) -> AttestError:
    """Return the error a reply becomes."""
    server.expect_request("/").respond_with_data(body, status=status, headers=headers or {})
    with pytest.raises(AttestError) as error:
        await asked(place(server.url_for("").rstrip("/"), key=key), Request(path="/", faults=faults))
    return error.value


@pytest.mark.parametrize("status", sorted(OPERATOR | QUESTION | LATER))
async def test_every_status_is_named_by_the_next_move(httpserver: HTTPServer, status: int) -> None:
    """The operator mends an address, a key or a bill; a bad question is dropped; all else may pass."""
    kind = Misconfigured if status in OPERATOR else Unusable if status in QUESTION else Unavailable
    error = await refused(httpserver, status)
    assert type(error) is kind
    assert str(status) in str(error)
    assert "\n" not in str(error)


@pytest.mark.parametrize("status", [401, 403])
async def test_a_refused_key_is_the_operators_to_mend(httpserver: HTTPServer, status: int) -> None:
    """The message names the setting and never the key."""
    error = await refused(httpserver, status, key="s3cret")
    assert type(error) is Misconfigured
    assert "ATTEST_SERVICE_KEY" in str(error)
    assert "s3cret" not in str(error)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": " 0 "}, 0.0),
        ({"retry-after": "Wed, 14 Oct 2026 17:47:40 GMT"}, 60.0),
        ({"retry-after": "Wednesday, 14-Oct-26 17:47:40 GMT"}, 60.0),
        ({"retry-after": "Wed Oct 14 17:47:40 2026"}, 60.0),
        ({"retry-after": "Wed, 14 Oct 2020 17:46:40 GMT"}, 0.0),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "9" * 400}, None),
        ({"retry-after": "Wed, 14 Oct 99999 17:46:40 GMT"}, None),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(int(NOW) + 30)}, 30.0),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(int(NOW) - 30)}, 0.0),
        ({"x-ratelimit-remaining": "3", "x-ratelimit-reset": str(int(NOW) + 30)}, None),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "never"}, None),
        ({"x-ratelimit-remaining": "0"}, None),
        ({"x-ratelimit-remaining": "0, 900", "x-ratelimit-reset": "1, 1419704"}, 1.0),
        ({"x-ratelimit-remaining": "0, 0", "x-ratelimit-reset": "1, 1419704"}, 1_419_704.0),
        (
            {
                "x-ratelimit-limit": "50, 0",
                "x-ratelimit-remaining": "0, 0",
                "x-ratelimit-reset": "1, 1419704",
            },
            1.0,
        ),
    ],
)
async def test_a_wait_is_read_in_all_its_forms(
    httpserver: HTTPServer, headers: dict[str, str], seconds: float | None
) -> None:
    """Seconds, each form of a date, GitHub's time of reset, Brave's windows; nonsense is no wait."""
    error = await refused(httpserver, 429, headers)
    assert isinstance(error, Unavailable)
    assert error.retry_after == seconds


@pytest.fixture
def _far_from_greenwich(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as there:
        there.setenv("TZ", "Asia/Tokyo")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("_far_from_greenwich")
@pytest.mark.parametrize("date", ["Wed Oct 14 17:47:40 2026", "Wed, 14 Oct 2026 17:47:40 -0000"])
def test_a_date_that_names_no_zone_means_greenwich(date: str) -> None:
    """The wait is the same wherever the machine stands."""
    assert retry_after({"retry-after": date}, NOW) == 60.0


@pytest.mark.parametrize(
    "headers",
    [{"x-ratelimit-remaining": "0"}, {"retry-after": "60"}],
    ids=["primary limit", "secondary limit"],
)
async def test_a_limit_that_looks_like_a_refusal_passes(
    httpserver: HTTPServer, headers: dict[str, str]
) -> None:
    """GitHub answers 403 to a good key that has asked too much."""
    assert type(await refused(httpserver, 403, headers, key="k")) is Unavailable


async def test_a_refusal_that_asks_to_wait_is_tried_again(httpserver: HTTPServer) -> None:
    """A status of no meaning here may still come with a wait, which says that the question is good."""
    error = await refused(httpserver, 420, {"retry-after": "3"})
    assert isinstance(error, Unavailable)
    assert error.retry_after == 3.0


@pytest.mark.parametrize(
    ("body", "kind"), [("code: TOKEN_INVALID", Misconfigured), ("code: VALIDATION", Unusable)]
)
async def test_a_fault_is_known_by_its_words(
    httpserver: HTTPServer, body: str, kind: type[AttestError]
) -> None:
    """A service that has one status for a bad key and a bad question is understood by the body."""
    faults = (Fault(status=422, says="TOKEN_INVALID", mend="refused the key: correct it"),)
    error = await refused(httpserver, 422, body=body, faults=faults)
    assert type(error) is kind
    assert kind is Unusable or str(error).endswith("refused the key: correct it")


async def test_a_fault_is_known_by_its_status_alone(httpserver: HTTPServer) -> None:
    """Where a status means one thing, no body is needed; another status is not touched."""
    faults = (Fault(status=432, mend="has no credit left: raise the plan"),)
    assert type(await refused(httpserver, 432, faults=faults)) is Misconfigured
    httpserver.clear()
    assert type(await refused(httpserver, 433, faults=faults)) is Unusable


async def test_redirects_are_not_followed(httpserver: HTTPServer) -> None:
    """A key must not travel to another host on the word of the first one."""
    httpserver.expect_request("/").respond_with_response(
        Response(status=302, headers={"location": httpserver.url_for("/elsewhere")})
    )
    with pytest.raises(Misconfigured, match="ATTEST_SERVICE_URL"):
        await asked(place(httpserver.url_for("").rstrip("/")), Request(path="/"))
    assert [request.path for request, _ in httpserver.log] == ["/"]
