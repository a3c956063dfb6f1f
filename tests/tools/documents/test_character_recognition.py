from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from graph.errors import Unusable
from tests.needed import missing
from tests.tools.documents.printed import Paper
from tools.documents.character_recognition import Recogniser, recogniser
from tools.documents.formats.pdf_scan import picture
from tools.documents.parser import Parser

LISTING = '[ "$1" = --list-langs ] && { echo "List of languages (2):"; echo osd; echo eng; exit 0; }'


def program(folder: Path, work: str) -> str:
    """Write a program that is called as tesseract is."""
    path = folder / "tesseract"
    path.write_text(f"#!/bin/sh\n{LISTING}\n{work}\n")
    path.chmod(0o700)
    return str(path)


def test_scanned_pages_are_read_where_someone_can(tmp_path: Path) -> None:
    """A page that is an image gives the words read off it, in its place, and they are said to be unsure."""
    work = "read kind wide high most; echo Berth $kind $4 is; echo closed.; echo; echo Since May."
    parser = Parser(recogniser=Recogniser(program(tmp_path, work)))
    said: list[str] = []
    paper = Paper().lines("The first page.").scanned()
    paper.add_page()
    parsed = parser.parse(".pdf", paper.lines("The last page.").bytes(), said.append)
    parser.close()
    assert parsed.text == "The first page.\n\nBerth P5 eng is closed.\n\nSince May.\n\nThe last page."
    assert [part.place.page for part in parsed.outline] == [1, 2, 3]
    assert (parsed.missing, parsed.unsure) == ("", "page 2 of 3 was read by text recognition")
    assert said == ["page 2 of 3"]


def test_scanned_pages_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    """A program that fails costs the page and not the document."""
    parser = Parser(recogniser=Recogniser(program(tmp_path, "exit 3")))
    parsed = parser.parse(".pdf", Paper().lines("The first page.").scanned().bytes())
    parser.close()
    assert (parsed.text, parsed.missing) == ("The first page.", "page 2 of 2 is an image")


def test_reading_pictures_ends_at_once(tmp_path: Path) -> None:
    """What runs is ended when the parser is closed, and nothing new is begun meanwhile."""
    os.mkfifo(tmp_path / "begun")
    reading = Recogniser(program(tmp_path, f"echo x > {tmp_path / 'begun'}; exec sleep 600"))
    failed: list[str] = []

    def read() -> None:
        with pytest.raises(Unusable) as error:
            reading.read(b"P5 1 1 255\n\x00")
        failed.append(str(error.value))

    thread = threading.Thread(target=read)
    thread.start()
    (tmp_path / "begun").read_text()
    with reading.stopped():
        thread.join()
        assert failed == ["tesseract cannot read it (exit -9)"]
        with pytest.raises(Unusable, match="it was left"):
            reading.read(b"")


def test_a_program_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    """A program that was removed meanwhile fails as one that cannot read."""
    path = program(tmp_path, "true")
    reading = Recogniser(path)
    reading.read(b"")
    Path(path).unlink()
    with pytest.raises(Unusable, match="cannot be started"):
        reading.read(b"")


def test_tesseract_reads_a_printed_page() -> None:
    """The picture that is drawn of a page is one that tesseract reads."""
    reading = recogniser() or missing("tesseract", "install tesseract-ocr")
    paper = Paper()
    paper.set_font_size(16)
    page = PdfDocument(paper.lines("Berth A is closed").bytes())[0]
    assert "Berth A is closed" in reading.read(picture(page))
