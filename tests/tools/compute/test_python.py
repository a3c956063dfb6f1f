from __future__ import annotations

import asyncio
import os
import signal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from graph.errors import Misconfigured, Unusable
from tests.fakes.tools import Query
from tests.tools.compute.working import RUN, calculate, cited, until, until_busy, value, workers
from tools.compute import interpreter
from tools.compute.expression_value import with_value_shown
from tools.compute.python import Python, PythonArguments

HOLDS_ITSELF = "x = [0] * 10\nfor _ in range(20):\n    x = [x] * 10\n"


async def test_a_calculation_is_a_source_whose_passage_is_the_result(python: Python) -> None:
    """The code stands above what it came to, and exactly that is what a report cites."""
    result = await calculate(python, "print('half')\n17 * 23  # the rest")
    (snapshot,) = result.snapshots
    assert snapshot.text.reveal() == "print('half')\n17 * 23  # the rest\n\nhalf\n→ 391"
    assert cited(result) == "half\n→ 391"
    assert (snapshot.source.title.reveal(), snapshot.source.location[:7]) == ("Calculation", "python:")
    assert snapshot.source.retrieved_at == "1970-01-01T00:16:40+00:00"


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("17 * 23", "→ 391"),
        ("(\n1 +\n2)", "→ 3"),
        ("'é'; 1, 2", "→ (1, 2)"),
        ("def f(n):\n    return n + 1\nf(2)", "→ 3"),
        ("s = 'é\\t'\r\ns", "→ 'é\\t'"),
        ("(y := 5)", "→ 5"),
        ("*[1], 2", "→ (1, 2)"),
        ("async def f():\n    return 4\nawait f()", "→ 4"),
        ("import re\nbool(re.match('\\d', '1'))", "→ True"),
        ("2 ** 200", f"→ {2**200}"),
        ("print(1)\nx = 2", "1"),
    ],
)
async def test_the_last_expression_is_the_value(python: Python, code: str, shown: str) -> None:
    """Whatever form the last expression has, its value is shown as Python writes it."""
    assert await value(python, code) == shown


@pytest.fixture
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let code run for minutes, so that only a stop or another limit can end it."""
    monkeypatch.setattr(interpreter, "SECONDS", 300.0)
    monkeypatch.setitem(interpreter._LIMITS, "max_feed_duration_secs", 300.0)


async def test_code_that_does_not_end_is_ended(python: Python, monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker ends it by its own limit, however late a busy machine lets it."""
    monkeypatch.setattr(interpreter, "SECONDS", 300.0)
    with pytest.raises(Unusable, match="TimeoutError"):
        await calculate(python, "while True: pass")
    assert await value(python, "1 + 1") == "→ 2"


@pytest.mark.usefixtures("_patient")
@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("1 +", "SyntaxError"),
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("import sklearn", "ModuleNotFoundError: No module named 'sklearn'"),
        ("open('/etc/hostname').read()", "PermissionError"),
        ("import os\nos.environ['HOME']", "the code ended in"),
        ("import time\ntime.time()", "not supported"),
        ("x = [0] * 10**9", "MemoryError"),
        ("def f(): return f()\nf()", "RecursionError"),
        ("-" * 19_000 + "1", "SyntaxError"),
        ("for _ in range(10**6): print('a' * 99)", "MemoryError"),
        ("'a' * 30_000", "more than 20,000 characters"),
        (HOLDS_ITSELF + "x", "MemoryError"),
        (HOLDS_ITSELF + "repr = lambda _: x\nx", "could not be shown"),
        ("raise ValueError('a' * 9_000)", "ValueError: a{100,190}$"),
        ("None", "came to nothing"),
        ("x = 5", "came to nothing"),
        ("print('\u200b')", "came to nothing"),
    ],
    ids=lambda text: ascii(text)[:24],
)
async def test_code_without_a_result_is_dropped_with_its_error(
    python: Python, code: str, reason: str
) -> None:
    """An error, a limit and nothing to show each say in one line why there is no source."""
    with pytest.raises(Unusable, match=reason) as dropped:
        await calculate(python, code)
    assert "\n" not in str(dropped.value)
    assert await value(python, "1 + 1") == "→ 2"


async def test_equal_code_comes_to_an_equal_result(python: Python) -> None:
    """Chance is the same each time, so that a result may be cached."""
    code = "import random\n[random.random(), random.Random().random()]"
    assert await value(python, code) == await value(python, code)


async def test_nothing_of_a_run_is_there_for_the_next(python: Python) -> None:
    """A name one run binds is unknown to the next."""
    await calculate(python, "secret = 1\nsecret")
    with pytest.raises(Unusable, match="NameError"):
        await calculate(python, "secret")


@pytest.mark.usefixtures("_patient")
async def test_a_long_calculation_blocks_nobody(python: Python) -> None:
    """The event loop turns while the code does."""
    running = asyncio.ensure_future(calculate(python, "while True: pass"))
    await until_busy()
    assert not running.done()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


@pytest.mark.usefixtures("_patient")
async def test_a_cancelled_run_gives_its_worker_back(python: Python) -> None:
    """As many cancelled runs as there are workers, several times over, leave all of them free."""
    for _ in range(3):
        running = [asyncio.ensure_future(calculate(python, "while True: pass")) for _ in range(2)]
        await until(2)
        for run in running:
            run.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        assert all(run.cancelled() for run in running)
        await until(0)
    assert await value(python, "1 + 1") == "→ 2"


@pytest.mark.usefixtures("_patient")
async def test_a_worker_that_is_killed_is_replaced(python: Python) -> None:
    """A crash costs one run."""
    await calculate(python, "1")
    await until(0)
    running = asyncio.ensure_future(calculate(python, "while True: pass"))
    await until_busy()
    for worker in workers():
        os.kill(worker, signal.SIGKILL)
    with pytest.raises(Unusable, match="crash"):
        await running
    assert await value(python, "1 + 1") == "→ 2"


@pytest.mark.usefixtures("_patient")
async def test_closing_leaves_no_process() -> None:
    """Workers end with the tool, in the middle of a run too, and a closed tool opens again."""
    python = Python(clock=lambda: 0.0)
    running = [asyncio.ensure_future(calculate(python, "while True: pass")) for _ in range(3)]
    await until(2)
    for run in running:
        run.cancel()
    await asyncio.gather(*running, return_exceptions=True)
    await python.close()
    await until(0)
    assert await value(python, "1 + 1") == "→ 2"
    await python.close()
    await until(0)


async def test_other_arguments_are_a_fault_of_ours(python: Python) -> None:
    """A tool is never given the arguments of another; and code has a longest form."""
    with pytest.raises(Misconfigured):
        await python.run(Query(query="1"), RUN, lambda _: None)
    with pytest.raises(ValidationError):
        PythonArguments(code="1" * 20_001)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


@given(before=st.lists(VALUES, max_size=3), last=VALUES, blanks=st.sampled_from(["", "\n", "  # é", ";"]))
def test_only_the_last_expression_is_wrapped(before: list[object], last: object, blanks: str) -> None:
    """Whatever stands around it, the rewritten code comes to the text of the same value."""
    code = "".join(f"a = {value!a}\n" for value in before) + f"{last!r}{blanks}"
    body, _, shown = with_value_shown(code).rpartition("repr((")
    names: dict[str, object] = {}
    exec(f"{body}z = repr(({shown}", names)  # noqa: S102  # literals written two lines above
    assert names["z"] == repr(last)
