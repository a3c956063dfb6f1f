"""Measure the guard of addresses: `python -m evals urls`.

A naive guard stands beside it: the host as urllib reads it, refused when it is `localhost` or a private
address. Nothing is ever connected to: names are looked up in a fake that answers with private addresses, over
a network that only takes notes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpcore

from evals.data import DataSet, data_folder, describe, find, rows
from evals.intervals import wilson
from evals.result import Metric, SuiteResult
from evals.suite import Setup
from graph.errors import AttestError, Misconfigured
from guards.urls.fetchable import is_url_allowed
from tools.page.connections import Connections

BLOCK_TARGET = 1.0
ALLOW_TARGET = 0.995
_WORST = 20
_INSIDE = ("127.0.0.1", "10.0.0.1", "169.254.169.254", "fd00::1")
_ORIGIN = (
    "any list of addresses with must_block true, false or null, such as those of"
    " https://github.com/swisskyrepo/PayloadsAllTheThings and"
    " https://github.com/cujanovic/SSRF-Testing"
)
_ROW: Mapping[str, type] = {"url": str, "must_block": object}
ATTACKS = DataSet(name="ssrf_urls", files={"attack_urls.jsonl": _ROW}, origin=_ORIGIN)
ORDINARY = DataSet(name="ssrf_urls", files={"allow_urls.jsonl": _ROW}, origin=_ORIGIN)
VECTORS = "whatwg_urltestdata.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class UrlCase:
    """Hold an address and what should become of it: None where its text alone does not say."""

    url: str
    must_block: bool | None
    category: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UrlTally:
    """Count how often the guard and the naive guard are right, and keep the errors of the guard."""

    n: int
    right: int
    naive: int
    wrong: tuple[Mapping[str, Any], ...]

    def metric(self, name: str, target: float) -> Metric:
        """Return the rate with its interval and its floor."""
        low, high = wilson(self.right, self.n)
        return Metric(
            name=name,
            value=self.right / self.n,
            n=self.n,
            low=low,
            high=high,
            floor=self.naive / self.n,
            target=target,
        )


async def measure(setup: Setup) -> SuiteResult:
    """Measure on the addresses that are there; raises Misconfigured for none, or a malformed row."""
    folder = data_folder(setup.data)
    found = [(path, form) for form in (ATTACKS, ORDINARY) if (path := find(folder, form))]
    read = [row for path, form in found for row in _rows(path, form, setup.limit)]
    vectors = [
        row for path in dict.fromkeys(path for path, _ in found) for row in _vectors(path, setup.limit)
    ]
    unsure = [row for row in read if row.must_block is None] + vectors
    tallies = (
        ("must-block rate", BLOCK_TARGET, _judged([row for row in read if row.must_block is True])),
        ("allow rate", ALLOW_TARGET, _judged([row for row in read if row.must_block is False])),
        (
            "null rows and WHATWG vectors without a crash or a private connection",
            BLOCK_TARGET,
            await _asked(unsure),
        ),
    )
    setup.say(f"urls: {len(read)} addresses, {len(vectors)} vectors")
    metrics = tuple(tally.metric(name, target) for name, target, tally in tallies if tally.n)
    if not metrics:
        raise Misconfigured(
            f"{folder} holds no addresses of these forms:\n{describe(ATTACKS)}\n{describe(ORDINARY)}"
        )
    return SuiteResult(
        suite="urls",
        data=", ".join(dict.fromkeys(str(path) for path, _ in found)),
        date=datetime.fromtimestamp(setup.clock(), UTC).isoformat(timespec="seconds"),
        metrics=metrics,
        cases=tuple(case for _, _, tally in tallies for case in tally.wrong[:_WORST]),
    )


def naive(url: str) -> bool:
    """Tell whether an address passes the floor: not `localhost`, no private literal, as urllib reads it."""
    host = urlsplit(url).hostname or ""
    try:
        return not ip_address(host).is_private
    except ValueError:
        return host != "localhost"


def _rows(folder: Path, form: DataSet, limit: int | None) -> list[UrlCase]:
    return [
        UrlCase(url=row["url"], must_block=row.get("must_block"), category=str(row.get("category", "")))
        for name, fields in form.files.items()
        for row in rows(folder / name, fields, limit)
    ]


def _vectors(folder: Path, limit: int | None) -> list[UrlCase]:
    """Return the inputs of the WHATWG vectors and the addresses they should be read as, if there are any."""
    path = folder / VECTORS
    if not path.is_file():
        return []
    try:
        vectors = [vector for vector in json.loads(path.read_bytes()) if isinstance(vector, dict)]
        written = [str(vector[key]) for vector in vectors for key in ("input", "href") if key in vector]
    except (ValueError, TypeError) as error:
        raise Misconfigured(f"{path}: this is no list of vectors ({error})") from error
    return [UrlCase(url=url, must_block=None, category="whatwg") for url in dict.fromkeys(written)][:limit]


def _judged(read: Sequence[UrlCase]) -> UrlTally:
    """Ask both guards about addresses whose text alone says what they are."""
    wrong = [
        {"url": row.url, "category": row.category, "must_block": row.must_block, "reason": decision.reason}
        for row in read
        if (decision := is_url_allowed(row.url)).allowed is row.must_block
    ]
    by_naive = sum(_passes(row.url) is not row.must_block for row in read)
    return UrlTally(n=len(read), right=len(read) - len(wrong), naive=by_naive, wrong=tuple(wrong))


def _passes(url: str) -> bool:
    """Tell whether an address passes the naive guard; one it cannot read it does not ask for."""
    try:
        return naive(url)
    except ValueError:
        return False


async def _asked(read: Sequence[UrlCase]) -> UrlTally:
    """Fetch addresses as the page tool does, where every name resolves to a private address."""
    wrong = [
        {"url": row.url, "category": row.category, "problem": problem}
        for row in read
        if (problem := await _problem(row.url))
    ]
    refused = sum(not _passes(row.url) for row in read)
    return UrlTally(n=len(read), right=len(read) - len(wrong), naive=refused, wrong=tuple(wrong))


async def _problem(url: str) -> str:
    """Return what went wrong with an address: a crash, or a connection to a private address."""
    network = _RecordingBackend([])
    connections = Connections(look_up=_inside, network=network)
    try:
        async with connections.ask(url):
            pass
    except AttestError:
        pass
    except Exception as error:  # noqa: BLE001  # any crash is what is measured
        return f"crash: {type(error).__name__}"
    finally:
        await connections.close()
    private = [address for address in network.connected if not ip_address(address).is_global]
    return f"connected to {private[0]}" if private else ""


async def _inside(_host: str, _port: int) -> Sequence[str]:
    return _INSIDE


class _RecordingBackend(httpcore.AsyncMockBackend):
    """Record the addresses to connect to, and connect to none."""

    def __init__(self, buffer: list[bytes]) -> None:
        super().__init__(buffer)
        self.connected: list[str] = []

    async def connect_tcp(self, host: str, *_: object, **__: object) -> httpcore.AsyncNetworkStream:
        self.connected.append(host)
        raise httpcore.ConnectError("nothing is connected to")
