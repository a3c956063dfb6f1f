"""A report that somebody sent is read within bounds, in its own folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.errors import Misconfigured
from graph.records import source_id
from tests.ui.report import examples
from ui.report.proof import Proof
from ui.report.publish import publish
from ui.report.verify_report import verify_folder

ROOT = Path(__file__).parents[2]
MOST_SECONDS, MOST_BYTES = 30, 200 * 2**20  # seconds of CPU, on a machine that does other things as well


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Publish a true report."""
    made = examples.report()
    publish(made, examples.proof(made), tmp_path / "report")
    return tmp_path / "report"


def verified(folder: Path) -> tuple[int, str, float, int]:
    """Run the command as a process: its code, what it said, its seconds of CPU, its most bytes of memory."""
    environment = {"PATH": os.environ["PATH"], "ATTEST_HOME": str(folder.parent / "home"), "PYTHONUTF8": "1"}
    command = [sys.executable, str(ROOT / "tests/security/weighed.py"), "verify", str(folder)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    *said, weighed = (done.stdout + done.stderr).splitlines()
    seconds, kibibytes = weighed.split()
    return done.returncode, "\n".join(said), float(seconds), int(kibibytes) * 1024


LINKS = ["report.json", "report.md", "audit.jsonl", "sources", f"sources/{source_id(examples.ALPHA)}.txt"]


@pytest.mark.parametrize("name", LINKS)
def test_no_link_in_the_folder_is_followed(folder: Path, name: str) -> None:
    """Whatever part of a path is a link, to the very same content, is not read, and never passed over."""
    part = folder / name
    kept = folder.parent / "kept"
    part.rename(kept)
    part.symlink_to(kept)
    code, said, _, _ = verified(folder)
    expected = {
        "report.json": (2, "report.json is no file that is read here"),
        "report.md": (2, "report.md is no file that is read here"),
        "audit.jsonl": (1, "broken_chain: audit.jsonl, which seals the report, is no file that is read here"),
        "sources": (1, "missing_source: claim c1"),
    }.get(name, (1, "missing_source: claim c1"))
    assert code == expected[0], said
    assert expected[1] in said


@pytest.mark.parametrize("name", ["report.md", "report.html"])
@pytest.mark.parametrize("kind", ["link to nothing", "link to itself", "link elsewhere", "pipe", "folder"])
def test_a_page_that_cannot_be_compared_is_not_passed_over(folder: Path, name: str, kind: str) -> None:
    """A person reads what lies there by that name: where it is no file, the report is not called verified."""
    page = folder / name
    page.unlink(missing_ok=True)
    if kind == "pipe":
        os.mkfifo(page)
    elif kind == "folder":
        page.mkdir()
    else:
        targets = {"link to nothing": "gone", "link to itself": name, "link elsewhere": __file__}
        page.symlink_to(targets[kind])
    with pytest.raises(Misconfigured, match=f"{name} is no file that is read here"):
        verify_folder(folder)


def test_a_folder_that_a_person_named_may_be_a_link(folder: Path) -> None:
    """What is inside is not trusted; the way a person wrote down is."""
    link = folder.parent / "link"
    link.symlink_to(folder)
    assert verified(link)[0] == 0


def _keys(folder: Path) -> None:
    (folder / "report.json").write_text(
        '{"schema": "attest.report/2"' + "".join(f', "k{at}": {at}' for at in range(60_000)) + ', "k0": 1}'
    )


def _many_keys(folder: Path) -> None:
    with (folder / "report.json").open("w") as file:
        file.write('{"schema": "attest.report/2"')
        at = 0
        while file.tell() < 64 * 2**20:
            file.write("".join(f', "k{at + more}": 0' for more in range(10_000)))
            at += 10_000
        file.write("}")


def _dense(folder: Path) -> None:
    """Write half a million small objects under the limit of bytes."""
    _objects(folder, 500_000)


def _full(folder: Path) -> None:
    """Write as many objects as are read."""
    _objects(folder, 149_000)


def _objects(folder: Path, number: int) -> None:
    made = examples.report()
    made["unknowns"] = [{"a": 0}] * number
    (folder / "report.json").write_text(json.dumps(made))


def _wide(folder: Path) -> None:
    """Fill the record with characters that take four bytes of memory each."""
    made = examples.report()
    made["answer"] = "😀" + "x" * (7 * 2**20)
    (folder / "report.json").write_text(json.dumps(made, ensure_ascii=False), "utf-8")


def _many_sources(folder: Path) -> None:
    """Cite a thousand sources of 60 KB, two of them of forty megabytes."""
    made = examples.report()
    made["claims"], made["sources"], answer = [], [], []
    for number in range(1_000):
        line = f"The plant number {number} opened in {1_000 + number}.\n"
        text = line + "It is as it was.\n" * (2_500_000 if number < 2 else 3_500)
        claim = examples.claim(number, text, line.strip())
        made["claims"].append(claim)
        made["sources"].append(examples.source(text, f"plant {number}"))
        answer.append(f"{claim['text']} [{number + 1}]")
        (folder / "sources" / f"{source_id(text)}.txt").write_text(text)
    made["answer"] = "\n".join(answer)
    publish(made, Proof(chain=examples.chain(made)), folder)


def _all_misquoted(folder: Path) -> None:
    _many_sources(folder)
    record = folder / "report.json"
    record.write_text(record.read_text().replace("The plant number", "The plaid number"))


def _wide_source(folder: Path) -> None:
    """Misquote a source that takes four bytes of memory for each of its own."""
    made = examples.report()
    text = "😀" + "It is as it was.\n" * 1_300_000
    (folder / "sources" / f"{source_id(text)}.txt").write_text(text, "utf-8")
    record = json.dumps(made).replace(made["sources"][-1]["id"], source_id(text))
    (folder / "report.json").write_text(record)


def _worded(folder: Path) -> None:
    """Fill the record with claims in words of their own, each as long as is compared."""
    made = examples.report()
    quote = "the plant of the river stands and works " * 490
    words = "The works stand by the plant of the river " * 115
    cited = {"source": source_id("none"), "start": 0, "end": len(quote), "quote": quote}
    claim = {**made["claims"][0], "text": words, "citations": [{**cited, "sentence": [0, len(quote)]}]}
    made["claims"] = [{**claim, "id": f"c{number}"} for number in range(190)]
    (folder / "report.json").write_text(json.dumps(made))


HEAVY = [
    (_keys, 2, "more than 10,000 names"),
    (_many_keys, 2, "is larger than 8 MiB"),
    (_dense, 2, "more than 300,000 values"),
    (_full, 1, "report.unknowns[0]: kind is missing"),
    (_wide, 1, "changed_answer: "),
    (_wide_source, 1, "changed_quote: "),
    (_worded, 1, "it is not among the report's sources"),
    (_many_sources, 0, "1000 citations of 1000 sources verified"),
    (_all_misquoted, 1, "changed_quote: "),
]


@pytest.mark.parametrize(("fill", "code", "line"), HEAVY, ids=[fill.__name__ for fill, _, _ in HEAVY])
def test_a_heavy_report_costs_seconds_and_little_memory(
    folder: Path, fill: Callable[[Path], None], code: int, line: str
) -> None:
    """64 MiB of keys, a thousand sources, or what fills every limit: an answer in seconds and 200 MB."""
    fill(folder)
    ended, said, seconds, memory = verified(folder)
    assert ended == code, said[:2_000]
    assert line in said
    assert seconds < MOST_SECONDS
    assert memory < MOST_BYTES, f"{memory / 2**20:.0f} MiB"


def _claims(made: dict[str, Any]) -> None:
    made["claims"] *= 700


def _sources(made: dict[str, Any]) -> None:
    made["sources"] *= 1_001


def _citations(made: dict[str, Any]) -> None:
    made["claims"][0]["citations"] *= 10_001


@pytest.mark.parametrize(
    ("much", "what"), [(_claims, "claims"), (_sources, "sources"), (_citations, "citations")]
)
def test_more_than_a_run_makes_is_refused_in_a_line(
    folder: Path, much: Callable[[dict[str, Any]], None], what: str
) -> None:
    """A number of claims, sources or citations that no run reaches is named with the most there can be."""
    made = examples.report()
    much(made)
    (folder / "report.json").write_text(json.dumps(made))
    code, said, _, _ = verified(folder)
    assert code == 2
    assert f" {what}, a report at most " in said
