from __future__ import annotations

from pathlib import Path

from evals.bench.reading_scale import cost, indexed, long_pdf, long_table


async def test_files_are_indexed_by_the_product(tmp_path: Path) -> None:
    """The time runs until the last file is read, and the load of the machine stands beside it."""
    seconds, load = await indexed(tmp_path, count=3)
    assert seconds > 0
    assert load >= 0


def test_the_cost_is_that_of_the_process_that_reads(tmp_path: Path) -> None:
    """A long table and a long PDF are read in a child, whose work and memory are told."""
    for path in (long_table(tmp_path, rows=3000), long_pdf(tmp_path, pages=2)):
        spent = cost(path)
        assert spent.megabytes > 1
        assert spent.work > 0
