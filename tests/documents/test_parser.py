from __future__ import annotations

import gc
import os
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from graph.errors import Unusable
from tests.documents import misbehaving
from tests.documents.samples import CRASH, HANG, HOG, docx, pdf
from tools.documents import worker
from tools.documents.parser import INLINE, Parser
from tools.documents.worker import Limits

FINE = b"%PDF-1.7 fine"


@pytest.fixture
def parser(monkeypatch: pytest.MonkeyPatch) -> Iterator[Parser]:
    """Parse in a child that misbehaves on demand and is given little."""
    monkeypatch.setattr(worker, "CHILD", "tests.documents.misbehaving")
    parser = Parser(Limits(memory=512 << 20, seconds=2))
    yield parser
    parser.close()


def refusal(parser: Parser, data: bytes) -> str:
    with pytest.raises(Unusable) as refused:
        parser.parse(".pdf", data)
    return str(refused.value)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (HANG, "it takes longer than 2 seconds to read"),
        (misbehaving.SPIN, "it takes longer than 2 seconds to read"),
        (HOG, "it takes more than 512 MB of memory to read"),
        (CRASH, "it makes its parser crash"),
        (misbehaving.SOCKET, "it is damaged or no .pdf file (PermissionError)"),
        (misbehaving.PROGRAM, "it is damaged or no .pdf file (PermissionError)"),
    ],
)
def test_a_bad_file_costs_itself_alone(parser: Parser, data: bytes, reason: str) -> None:
    """A hang, a hog, a crash or a break-out is named within its limits, and the next file is read."""
    assert parser.parse(".pdf", FINE).text == "well behaved"
    begun = time.monotonic()
    assert refusal(parser, data) == reason
    assert time.monotonic() - begun < 8
    assert parser.parse(".pdf", FINE).text == "well behaved"


def test_a_child_writes_no_files(parser: Parser) -> None:
    """A parser in the child cannot put a byte on the disk."""
    path = misbehaving.WRITTEN
    refusal(parser, misbehaving.WRITE)
    assert not path.exists() or not path.stat().st_size
    path.unlink(missing_ok=True)


def test_a_parser_that_prints_does_not_spoil_its_answer(parser: Parser) -> None:
    """Noise on the standard output of a child stays out of what it says."""
    assert parser.parse(".pdf", misbehaving.PRINT).text == "well behaved"


def test_a_child_knows_no_secrets(parser: Parser, monkeypatch: pytest.MonkeyPatch) -> None:
    """No variable of this process, such as a key, reaches the child."""
    monkeypatch.setenv("GEMINI_API_KEY", "key")
    assert "GEMINI" not in parser.parse(".pdf", misbehaving.SECRET).text


def test_many_files_need_one_child(monkeypatch: pytest.MonkeyPatch) -> None:
    """The child is started for the first file that needs one and kept; small texts never start it."""
    started: list[Limits] = []
    start = worker._start

    def note(limits: Limits) -> subprocess.Popen[bytes]:
        started.append(limits)
        return start(limits)

    monkeypatch.setattr(worker, "_start", note)
    parser = Parser()
    for _ in range(50):
        assert parser.parse(".md", b"# Words").text == "# Words"
    assert not started
    for _ in range(3):
        assert parser.parse(".pdf", pdf("words")).text == "words"
        assert parser.parse(".docx", docx("words")).text == "words"
    assert parser.parse(".txt", b"word " * INLINE).text.startswith("word word")
    assert len(started) == 1
    parser.close()


def test_a_dead_child_is_replaced(parser: Parser) -> None:
    """A child that died between two files costs neither of them."""
    parser.parse(".pdf", FINE)
    assert parser._worker is not None
    parser._worker._process.kill()
    parser._worker._process.wait()
    assert parser.parse(".pdf", FINE).text == "well behaved"


def test_threads_take_turns(parser: Parser) -> None:
    """Several threads, as of several event loops, get each its own answer."""
    with ThreadPoolExecutor(8) as pool:
        texts = pool.map(lambda n: parser.parse(".md", f"{n} ".encode() * INLINE).text[:2], range(10, 30))
        assert list(texts) == [str(n) for n in range(10, 30)]


def test_no_child_outlives_its_parser() -> None:
    """A parser that is dropped takes its child along."""
    parser = Parser()
    parser.parse(".pdf", pdf("words"))
    assert parser._worker is not None
    process = parser._worker._process.pid
    del parser
    gc.collect()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
    assert not [thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)]
