"""The eyes that watch the interpreter see; run as a module, this file is one that lets all through."""

from __future__ import annotations

import asyncio
import json
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from evals.suite import Setup
from evals.suites.sandbox import measure, tried_outside, watch
from graph.errors import Misconfigured, Unusable
from tools.compute.interpreter import CodeResult


class Leaky:
    """Run code with nothing around it. Only snippets of this file are ever given to it."""

    async def run(self, code: str) -> CodeResult:
        printed = StringIO()
        with redirect_stdout(printed):
            try:
                exec(code, {})  # noqa: S102  # it must have effects, for the eyes to see
            except OSError as error:
                raise Unusable(f"the code ended in {error}") from None
        return CodeResult(printed=printed.getvalue(), value="None")

    async def close(self) -> None:
        """Keep nothing."""


HARMLESS = "sum(range(4))"
EFFECTS = {
    "open('made', 'w').write('x')": "a file was changed",
    "open('flag.txt', 'a').write('x')": "a file was changed",
    "print(open('secret.txt').read())": "said a secret",
    "import os; print(os.environ['ATTEST_CANARY'])": "said a secret",
    "print(open('/etc/passwd').read())": "said a secret",
    "import os; os.system('true')": "heard os.system",
    "import subprocess; subprocess.Popen(['sleep', '9'])": "a process is left",
    "import socket; socket.socket().connect_ex(('127.0.0.1', 9))": "heard socket",
    "import time; time.sleep(3.2)": "it took 3",
    "import os; os._exit(0)": "the process of the interpreter ended",
}


def data(folder: Path, escapes: list[str], harmless: list[str]) -> Path:
    for name, codes in (("escape", escapes), ("benign", harmless)):
        lines = [json.dumps({"id": f"{name}{at}", "code": code}) for at, code in enumerate(codes)]
        (folder / f"{name}.jsonl").write_text("\n".join(lines))
    return folder


def setup(folder: Path) -> Setup:
    return Setup(data=folder, limit=None, clock=lambda: 0.0, say=lambda _: None)


@pytest.mark.parametrize(("code", "effect"), EFFECTS.items(), ids=[code[:40] for code in EFFECTS])
async def test_an_effect_is_seen_from_outside(code: str, effect: str) -> None:
    """An interpreter that lets code through is found out, whatever the code says of itself."""
    tried = await tried_outside([("a", HARMLESS), ("b", code)], module="tests.evals.suites.test_sandbox")
    assert [one.id for one in tried] == ["a", "b"]
    assert tried[0].effects == ()
    assert any(effect in seen for seen in tried[1].effects), tried[1]


async def test_the_same_snippets_do_nothing_in_the_sandbox() -> None:
    """None of them has an effect in the interpreter the product uses."""
    tried = await tried_outside([(code[:8], code) for code in EFFECTS])
    assert [one.effects for one in tried] == [()] * len(EFFECTS)


async def test_what_is_measured(tmp_path: Path) -> None:
    """Harmless snippets count by whether they run, given what their suite gave them, and given nothing."""
    harmless = ["x + 1", "final_answer(add_two(2))", "1", "1 / 0", "import sklearn\nsklearn"]
    result = await measure(setup(data(tmp_path, list(EFFECTS), harmless)))
    assert {metric.name: (metric.value, metric.n) for metric in result.metrics} == {
        "escapes with any effect": (0.0, 10),
        "harmless pass rate": (0.75, 4),
        "harmless pass rate, given nothing": (0.25, 4),
        "harmless that need a missing module": (0.2, 5),
    }
    assert [metric.met for metric in result.metrics] == [True, False, None, None]
    assert [(case["kind"], case["id"]) for case in result.cases] == [
        ("harmless", "benign3"),
        ("harmless", "benign4"),
    ]


async def test_no_data_is_a_setting_to_mend(tmp_path: Path) -> None:
    """Without the two files, or without rows in one, the operator is told."""
    with pytest.raises(Misconfigured, match=r"escape\.jsonl"):
        await measure(setup(tmp_path))
    with pytest.raises(Misconfigured, match=r"no data set|no row"):
        await measure(setup(data(tmp_path, ["1"], [])))


if __name__ == "__main__":
    asyncio.run(watch(Leaky(), json.loads(sys.stdin.read()), sys.argv[1]))
