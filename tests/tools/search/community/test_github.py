from __future__ import annotations

from typing import Any

import pytest

from graph.errors import Misconfigured, Unavailable, Unusable
from tests.tools.search.asking import Desk, shown
from tests.tools.search.papers_faults import says_when_to_come_back, takes_no_garbage
from tools.net.http_client import HttpClient
from tools.search.community.github import GitHub

ISSUES = "/search/issues"
REPOSITORIES = "/search/repositories"
ISSUE: dict[str, Any] = {
    "id": 7,
    "number": 12,
    "title": "Breaker stays open",
    "html_url": "https://github.com/example/breaker/issues/12",
    "body": "It never closes.<!-- Please fill in\nthe template --> Seen on 3.1.",
    "created_at": "2025-01-02T03:04:05Z",
    "state": "open",
    "user": {"login": "someone"},
    "labels": [],
}
REPOSITORY: dict[str, Any] = {
    "id": 8,
    "full_name": "example/breaker",
    "html_url": "https://github.com/example/breaker",
    "description": "Half-open breakers",
    "topics": ["resilience", "retry"],
    "language": "Python",
    "pushed_at": "2026-02-03T00:00:00Z",
    "stargazers_count": 5,
}


def play(desk: Desk, issues: list[dict[str, Any]], repositories: list[dict[str, Any]]) -> None:
    """Let the server find those issues and repositories."""
    for path, items in ((ISSUES, issues), (REPOSITORIES, repositories)):
        found = {"total_count": len(items), "incomplete_results": False, "items": items}
        desk.server.expect_request(path).respond_with_json(found)


async def test_issues_and_repositories_are_sources(desk: Desk) -> None:
    """What an issue hides in comments is left out; a repository is its description, language and topics."""
    play(desk, [ISSUE], [REPOSITORY])
    assert shown(await desk.ask(GitHub)) == [
        ("Breaker stays open", ISSUE["html_url"], "It never closes. Seen on 3.1.", "2025-01-02"),
        (
            "example/breaker",
            REPOSITORY["html_url"],
            "example/breaker: Half-open breakers\n\nLanguage: Python\n\nTopics: resilience, retry",
            "2026-02-03",
        ),
    ]


async def test_both_kinds_have_a_share_of_the_limit(desk: Desk) -> None:
    """They come by turns, and where one kind runs out the other goes on."""
    issues = [{**ISSUE, "title": f"I{n}", "body": f"Issue {n}"} for n in range(5)]
    play(desk, issues, [REPOSITORY])
    titles = [title for title, *_ in shown(await desk.ask(GitHub, limit=4))]
    assert titles == ["I0", "example/breaker", "I1", "I2"]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (None, "Breaker stays open"),
        ("<!-- all of it -->", "Breaker stays open"),
        ("a <!-- b <!-- c --> d", "a  d"),
        ("a <!-- never closed", "a"),
        ("a --> b", "a --> b"),
    ],
)
async def test_only_what_a_reader_sees_is_evidence(desk: Desk, body: str | None, text: str) -> None:
    """Comments are cut as a page would hide them; an issue without words is its title."""
    play(desk, [{**ISSUE, "body": body}], [])
    assert shown(await desk.ask(GitHub))[0][2] == text


async def test_little_known_of_a_repository_fails_nothing(desk: Desk) -> None:
    """Description, language and topics may be missing."""
    bare = {**REPOSITORY, "description": None, "language": None, "topics": [], "pushed_at": None}
    play(desk, [], [bare])
    assert [(text, date) for _, _, text, date in shown(await desk.ask(GitHub))] == [
        ("example/breaker: no description", None)
    ]


async def test_what_is_asked(desk: Desk) -> None:
    """Qualifiers of a question are words, it is cut to what the service takes, and the key goes along."""
    play(desk, [], [])
    await desk.ask(GitHub, "repo:example/secret NOT stars:>9 " + "breaker " * 60, limit=50, key="k1")
    issues, repositories = (request for request, _ in desk.server.log)
    assert issues.args["q"].startswith("repo example secret stars 9 breaker")
    assert issues.args["q"].endswith(" is:issue")
    assert max(len(issues.args["q"]), len(repositories.args["q"])) <= 256
    assert repositories.args["per_page"] == "50"
    assert issues.headers["authorization"] == repositories.headers["authorization"] == "Bearer k1"


async def test_without_a_key_none_is_sent(desk: Desk) -> None:
    """An empty token would be refused as a wrong one; nothing found is an empty result."""
    play(desk, [], [])
    assert (await desk.ask(GitHub)).passages == ()
    assert "authorization" not in desk.server.log[0][0].headers


@pytest.mark.parametrize("status", [403, 429])
@pytest.mark.parametrize("key", [None, "k1"])
async def test_a_spent_limit_says_when_it_is_filled_again(desk: Desk, status: int, key: str | None) -> None:
    """The reset is a point in time, and a key that is spent is not a wrong one."""
    headers = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1700000042"}
    said = {"message": "API rate limit exceeded for 192.0.2.1."}
    desk.server.expect_request(ISSUES).respond_with_json(said, status=status, headers=headers)
    client = HttpClient(clock=lambda: 1_700_000_000.0)
    with pytest.raises(Unavailable) as spent:
        await Desk(client=client, server=desk.server).ask(GitHub, key=key)
    await client.close()
    assert spent.value.retry_after == 42.0


@pytest.mark.parametrize(
    ("status", "key", "error"),
    [(422, None, Unusable), (401, "k1", Misconfigured), (503, None, Unavailable)],
)
async def test_its_errors_have_their_right_names(
    desk: Desk, status: int, key: str | None, error: type[Exception]
) -> None:
    """A query it cannot read is dropped, a wrong key is the operator's, a breakdown passes."""
    said = {"message": "Validation Failed", "errors": [{"code": "invalid"}]}
    desk.server.expect_request(ISSUES).respond_with_json(said, status=status)
    with pytest.raises(error):
        await desk.ask(GitHub, key=key)


async def test_a_caller_who_hurries_is_not_a_wrong_key(desk: Desk) -> None:
    """The second limit, on the pace, answers 403 with a wait while requests are left."""
    headers = {"retry-after": "60", "x-ratelimit-remaining": "25"}
    said = {"message": "You have exceeded a secondary rate limit."}
    desk.server.expect_request(ISSUES).respond_with_json(said, status=403, headers=headers)
    with pytest.raises(Unavailable) as hurried:
        await desk.ask(GitHub, key="k1")
    assert hurried.value.retry_after == 60.0


async def test_a_busy_service_says_when_to_come_back(desk: Desk) -> None:
    """The wait it asks for is carried to whoever tries again."""
    await says_when_to_come_back(desk, GitHub)


async def test_garbage_is_no_answer(desk: Desk) -> None:
    """A page in place of JSON is a failure of the service."""
    await takes_no_garbage(desk, GitHub)
