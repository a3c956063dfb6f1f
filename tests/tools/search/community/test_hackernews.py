from __future__ import annotations

from typing import Any

from tests.tools.search.asking import Desk, shown
from tests.tools.search.papers_faults import says_when_to_come_back, takes_no_garbage
from tools.search.community.hackernews import HackerNews

PATH = "/api/v1/search"
COMMENT: dict[str, Any] = {
    "objectID": "402",
    "author": "someone",
    "comment_text": 'We use <i>probes</i>.<p>See <a href="https:&#x2F;&#x2F;example.org">this</a>: x &lt; y',
    "story_id": 401,
    "story_title": "Circuit breakers in practice",
    "story_url": "https://example.org/breakers",
    "parent_id": 401,
    "created_at": "2025-09-08T07:06:05Z",
    "_tags": ["comment", "author_someone", "story_401"],
    "_highlightResult": {},
}
STORY: dict[str, Any] = {
    "objectID": "401",
    "title": "Circuit breakers in practice",
    "url": "https://example.org/breakers",
    "points": 12,
    "num_comments": 3,
    "created_at": "2025-09-08T06:00:00.000Z",
    "_tags": ["story", "author_someone", "story_401"],
}


def reply(*hits: dict[str, Any]) -> dict[str, Any]:
    """Return an answer as the service gives it."""
    return {"hits": list(hits), "nbHits": len(hits), "page": 0, "nbPages": 1, "hitsPerPage": 5}


async def test_comments_and_stories_are_sources(desk: Desk) -> None:
    """A comment is its words under the story's title; a story of a link alone says where it points."""
    desk.server.expect_request(PATH).respond_with_json(reply(COMMENT, STORY))
    assert shown(await desk.ask(HackerNews)) == [
        (
            "Circuit breakers in practice",
            "https://news.ycombinator.com/item?id=402",
            "We use probes.\n\nSee this: x < y",
            "2025-09-08",
        ),
        (
            "Circuit breakers in practice",
            "https://news.ycombinator.com/item?id=401",
            "Circuit breakers in practice\n\nhttps://example.org/breakers",
            "2025-09-08",
        ),
    ]


async def test_a_story_with_words_is_its_words(desk: Desk) -> None:
    """Ask HN has a text and no link; the service may say null for both."""
    asked = {**STORY, "url": None, "story_text": "Which library <b>works</b>?"}
    bare = {**STORY, "objectID": "403", "title": "Only a title", "url": None, "story_text": None}
    desk.server.expect_request(PATH).respond_with_json(reply(asked, bare))
    assert [text for _, _, text, _ in shown(await desk.ask(HackerNews))] == [
        "Which library works?",
        "Only a title",
    ]


async def test_what_is_asked(desk: Desk) -> None:
    """Stories and comments, as many as are wanted, by words without signs."""
    desk.server.expect_request(PATH).respond_with_json(reply())
    result = await desk.ask(HackerNews, '"half-open" -breaker', limit=20)
    asked = desk.server.log[0][0].args
    assert (asked["query"], asked["tags"]) == ("half open breaker", "(story,comment)")
    assert asked["hitsPerPage"] == "20"
    assert result.passages == ()


async def test_a_busy_service_says_when_to_come_back(desk: Desk) -> None:
    """The wait it asks for is carried to whoever tries again."""
    await says_when_to_come_back(desk, HackerNews)


async def test_garbage_is_no_answer(desk: Desk) -> None:
    """A page in place of JSON is a failure of the service."""
    await takes_no_garbage(desk, HackerNews)
