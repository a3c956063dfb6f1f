"""Measure the product: `python -m evals [SUITE] [FILE] [--data DIR] [--limit N] [--json FILE]`."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from evals.result import SuiteResult, show, to_json
from evals.suite import MEASURING, SUITES, Setup, load
from graph.errors import AttestError
from graph.records import Clock


def main(arguments: Sequence[str] | None = None, clock: Clock = time.time) -> int:
    """Run one suite, or all that measure.

    Return 0, 1 when a case of a file of cases failed, or 2 when what was asked for cannot be measured.
    """
    parsed = _parser().parse_args(arguments)
    if parsed.suite and parsed.suite not in SUITES:
        _say(f"there is no suite {parsed.suite}: choose {', '.join(SUITES)}")
        return 2
    setup = Setup(
        data=parsed.data,
        limit=parsed.limit,
        clock=clock,
        say=_say,
        postgres=parsed.postgres,
        documents=parsed.documents,
        file=parsed.file,
    )
    results = [result for name in _chosen(parsed.suite) if (result := _measured(name, setup))]
    for result in results:
        show(result, Console())
    if parsed.json and results:
        written = [to_json(result) for result in results]
        text = json.dumps(written[0] if parsed.suite else written, indent=2, ensure_ascii=False)
        parsed.json.write_text(text + "\n", encoding="utf-8")
    if not results:
        return 2
    return 1 if any(result.passed is False for result in results) else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals", description="Measure the product.")
    parser.add_argument(
        "suite", nargs="?", help=f"one of {', '.join(SUITES)}; all that measure when left out"
    )
    parser.add_argument("file", nargs="?", type=Path, help="the file of cases, for the suite cases")
    parser.add_argument("--data", type=Path, help="folder of a public data set, or of several")
    parser.add_argument("--limit", type=_count, help="measure on the first N rows of each set")
    parser.add_argument("--postgres", metavar="URL", help="measure the budget on this PostgreSQL too")
    parser.add_argument("--documents", type=Path, help="folder of unpacked packages, for their documentation")
    parser.add_argument("--json", type=Path, help="write the result to this file")
    return parser


def _count(text: str) -> int:
    if (number := int(text)) < 1:
        raise argparse.ArgumentTypeError("N is 1 or more")
    return number


def _chosen(suite: str | None) -> Sequence[str]:
    return (suite,) if suite else MEASURING


def _measured(suite: str, setup: Setup) -> SuiteResult | None:
    """Measure, or say why it cannot be done."""
    try:
        return asyncio.run(load(suite)(setup))
    except AttestError as error:
        _say(f"{suite}: {error}")
        return None


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
