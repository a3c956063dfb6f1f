"""What reading costs: seconds for a folder of many files, memory for a long table, work for a long PDF."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from fpdf import FPDF

from evals.bench.whole_product import opened
from graph.events import Indexing
from graph.options import Options

FILES, ROWS, PAGES = 5000, 1_000_000, 619
_SENTENCE = "The quay of berth {} in the harbour of Vik was renewed in {}, and its lamp burns all night. "
# Prints the greatest memory in KB of this process and of its children, and the seconds they worked.
_COST = """
import resource, sys
from pathlib import Path
from tools.documents.parser import Parser
parser = Parser()
text = parser.parse(sys.argv[1], Path(sys.argv[2]).read_bytes()).text
parser.close()
here, there = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(max(here.ru_maxrss, there.ru_maxrss), there.ru_utime + there.ru_stime)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingCost:
    """Hold the most memory of one process in MB, and the seconds of work of the child that read."""

    megabytes: float
    work: float


async def indexed(folder: Path, count: int = FILES) -> tuple[float, float]:
    """Return the seconds until as many text files are read and indexed, and how busy the machine was.

    That is its mean of running processes for each of its processors in the last minute.
    """
    texts = folder / "texts"
    texts.mkdir()
    for at in range(count):
        words = "".join(_SENTENCE.format(at * 7 + line, 1900 + line) for line in range(12))
        (texts / f"berth {at}.txt").write_text(words, "utf-8")
    started = ended = time.perf_counter()
    async with opened(folder / "index") as app:
        async for event in app.run("When was the quay of berth 7 renewed?", Options(docs=(str(texts),))):
            if isinstance(event, Indexing) and event.done == event.total:
                ended = time.perf_counter()
    return ended - started, os.getloadavg()[0] / (os.cpu_count() or 1)


def cost(path: Path) -> ReadingCost:
    """Read a file as the product does, in a process of its own, and return what it took."""
    told = subprocess.run(  # noqa: S603 - this interpreter, and a file that was made here
        [sys.executable, "-c", _COST, path.suffix, str(path)], capture_output=True, check=True, text=True
    )
    kilobytes, work = map(float, told.stdout.split())
    return ReadingCost(megabytes=kilobytes / 1024, work=work)


def long_table(folder: Path, rows: int = ROWS) -> Path:
    """Write a table of many rows."""
    path = folder / "fees.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("berth,town,year,fee,note\n")
        file.writelines(f"{at},Vik,{1900 + at % 120},{at % 97}.5,paid at the quay\n" for at in range(rows))
    return path


def long_pdf(folder: Path, pages: int = PAGES) -> Path:
    """Print many pages of text."""
    paper = FPDF()
    paper.set_font("Helvetica", size=10)
    for page in range(pages):
        paper.add_page()
        paper.multi_cell(0, 5, "".join(_SENTENCE.format(page, 1900 + line) for line in range(30)))
    path = folder / "quays.pdf"
    paper.output(str(path))
    return path
