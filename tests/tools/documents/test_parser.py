from __future__ import annotations

import gc
import os
import subprocess
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from graph.errors import Unusable
from tests.tools.documents import misbehaving
from tests.tools.documents.samples import CRASH, HANG, HOG, docx, pdf
from tools.documents import worker
from tools.documents.overtime import Overdue
from tools.documents.parser import INLINE, Parser
from tools.documents.worker import Limits

FINE = b"%PDF-1.7 fine"


@pytest.fixture
def parser(monkeypatch: pytest.MonkeyPatch) -> Iterator[Parser]:
    """Parse in a child that misbehaves on demand and is given little."""
    monkeypatch.setattr(worker, "CHILD", "tests.tools.documents.misbehaving")
    parser = Parser(Limits(memory=512 << 20, processor=2, seconds=5), children=2)
    yield parser
    parser.close()


def refusal(parser: Parser, data: bytes) -> str:
    with pytest.raises(Unusable) as refused:
        parser.parse(".pdf", data)
    return str(refused.value)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (HANG, "reading it takes longer than 2 seconds of work or 5 by the clock"),
        (misbehaving.SPIN, "reading it takes longer than 2 seconds of work or 5 by the clock"),
        (HOG, "it takes more than 512 MB of memory to read"),
        (CRASH, "it makes its parser crash"),
        (misbehaving.SOCKET, "it is damaged or no .pdf file (PermissionError)"),
        (misbehaving.PROGRAM, "it is damaged or no .pdf file (PermissionError)"),
    ],
)
def test_a_bad_file_costs_itself_alone(parser: Parser, data: bytes, reason: str) -> None:
    """A hang, a hog, a crash or a break-out is named within its limits, and the next file is read."""
    assert parser.parse(".pdf", FINE).text == "well behaved"
    assert refusal(parser, data) == reason
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

    def note(limits: Limits, *, sees: bool) -> subprocess.Popen[bytes]:
        started.append(limits)
        return start(limits, sees=sees)

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
    (worker,) = parser._idle
    worker._process.kill()
    worker._process.wait()
    assert parser.parse(".pdf", FINE).text == "well behaved"


def test_a_slow_file_holds_nobody_else_up(parser: Parser) -> None:
    """While one child is busy with a file that never ends, other files are read in another."""
    with ThreadPoolExecutor(2) as pool:
        slow = pool.submit(refusal, parser, misbehaving.SPIN)
        read = [parser.parse(".pdf", FINE).text for _ in range(3)]
        still = not slow.done()
    assert read == ["well behaved"] * 3
    assert still
    assert "takes longer" in slow.result()


def test_no_more_children_than_asked_for(parser: Parser, monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight threads at once start two children, and each thread gets an answer."""
    started: list[Limits] = []
    start = worker._start

    def note(limits: Limits, *, sees: bool) -> subprocess.Popen[bytes]:
        started.append(limits)
        return start(limits, sees=sees)

    monkeypatch.setattr(worker, "_start", note)
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: parser.parse(".pdf", FINE).text, range(16))) == {"well behaved"}
    assert 1 <= len(started) <= 2


def test_what_was_read_in_time_is_kept(parser: Parser) -> None:
    """A file that never ends is returned as far as it came, named as partial, and its child is done with."""
    read = parser.parse(".pdf", misbehaving.SLOWLY)
    assert (read.text, read.late) == ("page 1 page 2", True)
    assert read.missing == "it takes too long to read, and was left after page 2"
    assert parser.parse(".pdf", FINE).text == "well behaved"


def test_being_late_is_told_from_being_broken(parser: Parser) -> None:
    """Only a file whose time was over may be tried again."""
    with pytest.raises(Overdue):
        parser.parse(".pdf", misbehaving.SPIN)
    with pytest.raises(Unusable) as broken:
        parser.parse(".pdf", CRASH)
    assert not isinstance(broken.value, Overdue)


def test_threads_take_turns(parser: Parser) -> None:
    """Several threads, as of several event loops, get each its own answer."""
    with ThreadPoolExecutor(8) as pool:
        texts = pool.map(lambda n: parser.parse(".md", f"{n} ".encode() * INLINE).text[:2], range(10, 30))
        assert list(texts) == [str(n) for n in range(10, 30)]


def test_no_child_outlives_its_parser() -> None:
    """A parser that is dropped takes its child along."""
    parser = Parser()
    parser.parse(".pdf", pdf("words"))
    process = parser._idle[0]._process.pid
    del parser
    gc.collect()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
    assert not [thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)]
