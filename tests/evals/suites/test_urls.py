"""Test the suite that measures the guard of addresses, on a tiny set."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.suites import urls
from evals.suites.urls import measure, naive
from graph.errors import Misconfigured
from graph.records import Decision
from tests.evals.sets import setup, write

ATTACKS = (
    {"url": "http://10.1.2.3/", "must_block": True, "category": "plain"},
    {"url": "http://167837955/", "must_block": True, "category": "decimal"},
    {"url": "http://rebind.example/", "must_block": None, "category": "needs_dns"},
)
ORDINARY = (
    {"url": "https://example.com/a", "must_block": False},
    {"url": "https://example.org/?u=http://10.1.2.3/", "must_block": False},
)
VECTORS = ["a comment", {"input": "http://a b", "failure": True}, {"input": "//x", "href": "http://x/"}]


def addresses(folder: Path) -> Path:
    """Write a set of the form that is measured."""
    write(folder / "attack_urls.jsonl", ATTACKS)
    write(folder / "allow_urls.jsonl", ORDINARY)
    (folder / "whatwg_urltestdata.json").write_text(json.dumps(VECTORS))
    return folder


async def test_the_guard_is_measured_beside_a_naive_one(tmp_path: Path) -> None:
    """Each rate has its rows, target and floor; a folder that holds the set will do."""
    addresses(tmp_path / "any name")
    result = await measure(setup(tmp_path))
    block, allow, unsure = result.metrics
    assert (block.name, block.value, block.n, block.floor, block.target) == ("must-block rate", 1, 2, 0.5, 1)
    assert (allow.name, allow.value, allow.n, allow.floor, allow.target) == ("allow rate", 1, 2, 1, 0.995)
    assert (unsure.value, unsure.n, unsure.floor) == (1, 4, 0)
    assert all(metric.met for metric in result.metrics)
    assert result.cases == ()


async def test_a_guard_that_errs_is_shown_with_what_it_got_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wrong rows lower the rate and stand among the cases."""
    monkeypatch.setattr(urls, "is_url_allowed", lambda url: Decision(allowed="167837955" in url))
    result = await measure(setup(addresses(tmp_path)))
    assert [metric.value for metric in result.metrics] == [0.5, 0, 1]
    assert [case["url"] for case in result.cases] == [ATTACKS[1]["url"], *(row["url"] for row in ORDINARY)]


async def test_a_crash_and_a_private_connection_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the way to a page lets through, or trips over, is wrong whatever the guard said."""

    def trip(url: str, _hosts: object) -> Decision:
        if url == "//x":
            raise ValueError
        return Decision(allowed=True)

    monkeypatch.setattr("tools.page.connections.is_url_allowed", trip)
    monkeypatch.setattr("tools.page.pinned_backend.is_address_allowed", lambda _: Decision(allowed=True))
    monkeypatch.setattr("tools.page.pinned_backend.is_own_address", lambda _: False)
    result = await measure(setup(addresses(tmp_path)))
    problems = {case["url"]: case["problem"] for case in result.cases}
    assert problems["//x"] == "crash: ValueError"
    assert problems["http://rebind.example/"] == "connected to 127.0.0.1"
    assert result.metrics[2].met is False


async def test_a_limit_takes_the_first_rows_of_each_file(tmp_path: Path) -> None:
    """`--limit` counts rows a file; what is then empty is left out."""
    result = await measure(setup(addresses(tmp_path), limit=1))
    assert [metric.n for metric in result.metrics] == [1, 1, 1]


async def test_one_file_is_enough(tmp_path: Path) -> None:
    """A set of attacks alone is measured as far as it goes."""
    write(tmp_path / "attack_urls.jsonl", ATTACKS[:2])
    assert [metric.name for metric in (await measure(setup(tmp_path))).metrics] == ["must-block rate"]


async def test_a_folder_without_addresses_is_a_plain_error(tmp_path: Path) -> None:
    """Nothing to measure with says which forms are looked for."""
    with pytest.raises(Misconfigured, match=r"attack_urls\.jsonl"):
        await measure(setup(tmp_path))


async def test_vectors_that_are_none_are_named(tmp_path: Path) -> None:
    """A broken file of vectors is said in words."""
    (addresses(tmp_path) / "whatwg_urltestdata.json").write_text("{")
    with pytest.raises(Misconfigured, match="whatwg"):
        await measure(setup(tmp_path))


@pytest.mark.parametrize(
    ("url", "passes"),
    [
        ("http://localhost/", False),
        ("http://10.0.0.1/", False),
        ("http://[::1]/", False),
        ("http://0x7f.1/", True),
        ("http://example.com/", True),
    ],
)
def test_the_floor_does_what_it_says(url: str, *, passes: bool) -> None:
    """The naive guard knows literals and one name, and no notation."""
    assert naive(url) is passes
