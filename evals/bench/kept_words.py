"""How many words of a document its reader keeps, against a second reader or what the document was made of."""

from __future__ import annotations

import re
import shutil
import subprocess
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


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptWords:
    """Hold the share of words kept of each file that was read, and the names of those refused."""

    shares: tuple[float, ...]
    refused: tuple[str, ...] = ()


def share(text: str, reference: str) -> float:
    """Return how many words of a reference are in a text, each as often, whatever their order; 1 is all."""
    wanted, found = _words(reference), _words(text)
    return (wanted & found).total() / wanted.total() if wanted else 1.0


def kept_of_pdfs(folder: Path) -> KeptWords | None:
    """Compare the PDFs below a folder with what pdftotext reads of them; None where it is not installed.

    Files of which it reads fewer than 20 words do not count.
    """
    program = shutil.which("pdftotext")
    if program is None:
        return None
    shares, refused = [], []
    with closing(Parser()) as parser:
        for path in sorted(folder.rglob("*.pdf")):
            reference = _second(program, path)
            if _words(reference).total() < _FEWEST:
                continue
            try:
                shares.append(share(parser.parse(".pdf", path.read_bytes()).text, reference))
            except Unusable as error:
                refused.append(f"{path.name}: {error}")
    return KeptWords(shares=tuple(shares), refused=tuple(refused))


def kept_of_word_documents() -> Mapping[str, float]:
    """Return for each kind of content of a Word document what share of its words is kept."""
    with closing(Parser()) as parser:
        return {
            kind: share(parser.parse(".docx", data).text, words) for kind, data, words in _word_documents()
        }


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(unicodedata.normalize("NFKC", text).lower()))


def _second(program: str, path: Path) -> str:
    """Return what pdftotext reads of a file, nothing where it fails or takes too long."""
    try:
        read = subprocess.run(  # noqa: S603 - the program of the machine, a file that is measured
            [program, "-q", str(path), "-"], capture_output=True, check=False, timeout=_SECONDS
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
