"""How many words of a document its reader keeps, against other readers or what the document was made of."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from docx import Document

from graph.errors import Unusable
from tools.documents.parser import Parser

_WORD = re.compile(r"\w+")
# A file with fewer words says little: one of them is five in a hundred.
_FEWEST = 20
_SECONDS = 60
_COUNT = re.compile(r"\s*\d{1,4}\s*")
_PDFMINER = "import sys; from pdfminer.high_level import extract_text; print(extract_text(sys.argv[1]))"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptWords:
    """Hold the share of words kept of each file that was read, by its name, and what was refused."""

    shares: Mapping[str, float]
    refused: tuple[str, ...] = ()


def share(text: str, reference: str) -> float:
    """Return how many words of a reference are in a text, each as often, whatever their order; 1 is all."""
    return _share(text, _words(reference))


def uncounted(text: str) -> str:
    """Return the text of pages without the numbers that count them: first or last line, one more a page."""
    pages = [page.strip().split("\n") for page in text.split("\f")]
    for edge in (0, -1):
        counts = {int(page[edge]) - at for at, page in enumerate(pages) if _COUNT.fullmatch(page[edge])}
        if len(counts) == 1:
            pages = [_without(page, edge) for page in pages]
    return "\f".join("\n".join(page) for page in pages)


def kept_of_pdfs(folder: Path) -> KeptWords | None:
    """Compare the PDFs below a folder with two other readers; None where pdftotext is not installed.

    The words that both pdftotext and pdfminer.six find are to be kept, but for numbers that count the pages.
    Files of which they find fewer than 20 words do not count.
    """
    program = shutil.which("pdftotext")
    if program is None:
        return None
    shares, refused = {}, []
    with closing(Parser()) as parser:
        for path in sorted(folder.rglob("*.pdf")):
            second = uncounted(_output(program, "-q", str(path), "-"))
            if len(_WORD.findall(second)) < _FEWEST:
                continue
            try:
                text = parser.parse(".pdf", path.read_bytes()).text
            except Unusable as error:
                refused.append(f"{path.name}: {error}")
                continue
            wanted = _words(second) & _words(_output(sys.executable, "-c", _PDFMINER, str(path)))
            if wanted.total() >= _FEWEST:
                shares[path.name] = _share(text, wanted)
    return KeptWords(shares=shares, refused=tuple(refused))


def kept_of_word_documents() -> Mapping[str, float]:
    """Return for each kind of content of a Word document what share of its words is kept."""
    with closing(Parser()) as parser:
        return {
            kind: share(parser.parse(".docx", data).text, words) for kind, data, words in _word_documents()
        }


def _without(page: list[str], edge: int) -> list[str]:
    """Return the lines of a page without its first or last, if that is a number."""
    if not _COUNT.fullmatch(page[edge]):
        return page
    return (page[1:] if edge == 0 else page[:-1]) or [""]


def _share(text: str, wanted: Counter[str]) -> float:
    return (wanted & _words(text)).total() / wanted.total() if wanted else 1.0


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(unicodedata.normalize("NFKC", text).lower()))


def _output(*command: str) -> str:
    """Return what a program prints, nothing where it fails or takes too long."""
    try:
        read = subprocess.run(  # noqa: S603 - a reader of the machine, and a file that is measured
            command, capture_output=True, check=False, timeout=_SECONDS
        )
    except subprocess.TimeoutExpired:
        return ""
    return read.stdout.decode(errors="replace")


def _word_documents() -> Iterator[tuple[str, bytes, str]]:
    """Yield a document for each kind of content, and all the words it shows."""
    words = "The quay of Vik is fourteen metres deep and was renewed in the year it burned."
    for kind in ("paragraphs", "headings", "lists", "tables", "headers", "powers"):
        document = Document()
        match kind:
            case "paragraphs":
                document.add_paragraph(words)
            case "headings":
                document.add_heading("Depths of Vik")
                document.add_paragraph(words)
            case "lists":
                for style in ("List Bullet", "List Number"):
                    document.add_paragraph(words, style=style)
            case "tables":
                table = document.add_table(rows=3, cols=2)
                for cell in (cell for row in table.rows for cell in row.cells):
                    cell.text = words
            case "headers":
                document.sections[0].header.paragraphs[0].text = "Contract of Vik"
                document.sections[0].footer.paragraphs[0].text = "Signed in May"
                document.add_paragraph(words)
            case _:
                document.add_paragraph(words).add_run("12").font.superscript = True
        yield kind, _saved(document), _shown(kind, words)


def _saved(document: object) -> bytes:
    stream = BytesIO()
    document.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


def _shown(kind: str, words: str) -> str:
    """Return all the words that a document of a kind shows."""
    more = {"headings": "Depths of Vik", "headers": "Contract of Vik Signed in May", "powers": "12"}
    times = {"lists": 2, "tables": 6}
    return " ".join([more.get(kind, ""), *[words] * times.get(kind, 1)]).strip()
