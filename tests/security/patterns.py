"""Collect every pattern the product compiles, and time each over texts that could be read in many ways.

Started by a test in a process of its own: a pattern that never ends must not take the test with it.
"""

from __future__ import annotations

import ast
import importlib
import json
import pkgutil
import re
import resource
import signal
import sys
import time
from collections import deque
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, cast

from tests.security.repeats import repeats, written

HOUSE = ("graph", "nodes", "tools", "guards", "ui")
APPLICATION = "ui.app"
"""Chainlit loads it; it cannot be imported beside it."""
MODES = frozenset({"match", "fullmatch", "search", "finditer", "findall", "sub", "subn", "split"})
ANCHORED = frozenset({"match", "fullmatch"})
FLAGS = {"IGNORECASE": re.IGNORECASE, "DOTALL": re.DOTALL, "ASCII": re.ASCII, "MULTILINE": re.MULTILINE}
SMALL, LARGE = 25_000, 100_000
SECONDS = 0.5
"""Of processor time for 100 KB: a pattern that is linear takes some hundredths."""
MOST = 3.0
"""After so much the engine is interrupted: it looks for signals while it matches."""
GROWTH = 7.0
"""A text four times as long takes four times as long, or sixteen times where a pattern is quadratic."""


def compiled() -> Iterator[tuple[str, re.Pattern[Any], frozenset[str]]]:
    """Yield each pattern of the product, kept in a module or written in a call, with how it is used."""
    for house in HOUSE:
        package = importlib.import_module(house)
        for found in pkgutil.walk_packages(package.__path__, f"{house}."):
            if found.name == APPLICATION:
                continue
            for name, value in vars(importlib.import_module(found.name)).items():
                for where, pattern in held(name, value):
                    yield f"{found.name}.{where}", pattern, modes(found.name, name)
            yield from _written_out(found.name)


def held(name: str, value: object, depth: int = 3) -> Iterator[tuple[str, re.Pattern[Any]]]:
    """Yield the patterns in a value, or in what it holds."""
    kind = type(value)  # what is loaded late answers for another class, and then loads it
    if kind is re.Pattern:
        yield name, cast("re.Pattern[Any]", value)
    elif depth and issubclass(kind, Mapping):
        for key, each in cast("Mapping[object, object]", value).items():
            yield from held(f"{name}[{key!r}]", each, depth - 1)
    elif depth and issubclass(kind, tuple | list | set | frozenset):
        for at, each in enumerate(cast("tuple[object, ...]", value)):
            yield from held(f"{name}[{at}]", each, depth - 1)


def _written_out(module: str) -> Iterator[tuple[str, re.Pattern[Any], frozenset[str]]]:
    """Yield the patterns that stand in calls such as `re.sub(r"...", ...)`."""
    for node in _nodes(module):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="re"), attr=used),
                args=[ast.Constant(value=str(source)), *_],
            ) if used in MODES:
                named = {each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)} & set(FLAGS)
                flags = sum(FLAGS[name] for name in named)
                yield f"{module}:{node.lineno}", re.compile(source, flags), frozenset({used})


def modes(module: str, name: str) -> frozenset[str]:
    """Return how a private pattern is used in its module; in every way where that cannot be seen."""
    loads = [
        n for n in _nodes(module) if isinstance(n, ast.Name) and n.id == name and isinstance(n.ctx, ast.Load)
    ]
    calls = [
        n.attr
        for n in _nodes(module)
        if isinstance(n, ast.Attribute) and isinstance(n.value, ast.Name) and n.value.id == name
    ]
    seen = name.startswith("_") and loads and len(loads) == len(calls)
    return frozenset(calls) & MODES if seen else MODES


@cache
def _nodes(module: str) -> list[ast.AST]:
    path = Path(*module.split("."))
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return list(ast.walk(ast.parse(file.read_text())))


def seconds(pattern: re.Pattern[Any], text: str, used: frozenset[str]) -> float:
    """Return the processor time of matching a text in the ways a pattern is used, up to a few seconds."""
    given: Any = text if isinstance(pattern.pattern, str) else text.encode("latin-1", "replace")
    began = time.process_time()
    signal.signal(signal.SIGVTALRM, _late)
    signal.setitimer(signal.ITIMER_VIRTUAL, MOST)
    try:
        for name in used & ANCHORED:
            getattr(pattern, name)(given)
        if used - ANCHORED:
            deque(pattern.finditer(given), maxlen=0)
    except TimeoutError:
        pass
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.process_time() - began


def _late(*_: object) -> None:
    raise TimeoutError


def slow(pattern: re.Pattern[Any], used: frozenset[str]) -> str:
    """Say what makes a pattern take more than its share, if anything does."""
    for repeat in repeats(pattern):
        short = seconds(pattern, written(repeat, SMALL), used)
        if short > SECONDS:
            return f"{repeat!r}: {short:.2f} s for 25 KB"
        if short * (LARGE / SMALL) ** 2 < SECONDS:
            continue  # were it quadratic, 100 KB would still be in time
        long = seconds(pattern, written(repeat, LARGE), used)
        if long > SECONDS and long > GROWTH * short:
            return f"{repeat!r}: {short:.2f} s for 25 KB, {long:.2f} s for 100 KB"
    return ""


def main() -> None:
    """Write a line of JSON for each pattern before it is timed, and what was slow after it.

    Arguments: seconds of processor time for all, then parts of names to look at alone.
    """
    limit, only = int(sys.argv[1]), sys.argv[2:]
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
    for name, pattern, used in compiled():
        if not only or any(part in name for part in only):
            sys.stdout.write(json.dumps({"begun": name}) + "\n")
            sys.stdout.flush()
            sys.stdout.write(json.dumps({"name": name, "slow": slow(pattern, used)}) + "\n")


if __name__ == "__main__":
    main()
