from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.security.patterns import HOUSE

LIMIT = 300
"""Seconds of processor time for all patterns of a package; together they take a few dozen."""
SHOWN = {"graph.stores.dialect._TOKEN": "reads SQL of this repository alone"}


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("house", HOUSE)
def test_no_pattern_takes_more_than_its_share(house: str) -> None:
    """Every pattern is through 100 KB of text it could read in many ways as fast as its length tells."""
    command = [sys.executable, "-m", "tests.security.patterns", str(LIMIT), f"{house}."]
    child = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = [json.loads(line) for line in child.stdout.splitlines()]
    assert child.returncode == 0, (lines[-1:], child.stderr)
    timed = {line["name"]: line["slow"] for line in lines if "slow" in line}
    assert {name: why for name, why in timed.items() if why} == {}
    assert len(timed) == sum("begun" in line for line in lines)
