from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import Unusable
from graph.outline import DocumentPlace, PartKind, context, part_at, place_at
from graph.untrusted import Untrusted
from tests.tools.documents.office_samples import DOCBOOK, SAMPLES, eml, xlsx
from tests.tools.documents.old_office import xls, xlsb
from tests.tools.documents.samples import zipped
from tools.documents.formats.table import FORMATS, parse
from tools.documents.normalise import normalise
from tools.documents.parsed import Parsed


def place(parsed: Parsed, words: str) -> DocumentPlace:
    return place_at(parsed.outline, Untrusted(parsed.text), parsed.text.index(words))


def section(parsed: Parsed, words: str) -> list[str]:
    return [each.reveal() for each in place(parsed, words).section]


def test_every_format_has_a_sample() -> None:
    """A new format comes with a small document to try it on."""
    assert set(FORMATS) == set(SAMPLES)


@pytest.mark.parametrize("suffix", sorted(SAMPLES))
def test_reading_twice_gives_the_same_text(suffix: str) -> None:
    """Every format gives the same text for the same bytes, in the stored form, so stored offsets hold."""
    parsed = parse(suffix, SAMPLES[suffix])
    assert parsed == parse(suffix, SAMPLES[suffix])
    assert normalise(parsed.text) == parsed.text


TABLES = [
    ".md",
    ".csv",
    ".tsv",
    ".html",
    ".xlsx",
    ".xls",
    ".xlsb",
    ".ods",
    ".pptx",
    ".odt",
    ".epub",
    ".eml",
    ".zip",
]


@pytest.mark.parametrize("suffix", TABLES)
def test_a_row_names_its_columns_in_every_format(suffix: str) -> None:
    """The value of a row and a column can be quoted alone, and an empty cell moves no other."""
    text = parse(suffix, SAMPLES[suffix]).text
    assert "Town: Aar; 2020:; 2021: 9 euros\nTown: Vik; 2020: 12 euros; 2021: 15 euros" in text


@pytest.mark.parametrize("suffix", [".rst", ".adoc", ".xml", ".rtf"])
def test_a_table_between_paragraphs_is_rows(suffix: str) -> None:
    """Tables of marked-up text are rows as well."""
    assert "Town: Vik; 2021: 15 euros" in parse(suffix, SAMPLES[suffix]).text


@pytest.mark.parametrize("suffix", [".odt", ".rtf", ".rst", ".xml"])
def test_powers_stay_powers(suffix: str) -> None:
    """A raised 6 is never glued to the 10 before it."""
    assert "10⁶ cells" in parse(suffix, SAMPLES[suffix]).text


@pytest.mark.parametrize("suffix", [".pptx", ".odt", ".epub", ".rtf", ".eml", ".xml", ".adoc"])
def test_a_document_says_who_wrote_it(suffix: str) -> None:
    """Title and author come from what the document says of itself."""
    parsed = parse(suffix, SAMPLES[suffix])
    assert parsed.title == "Fees"
    assert (parsed.author or "").startswith("Ada")


@pytest.mark.parametrize("suffix", [".odt", ".epub", ".rtf", ".eml", ".xml"])
def test_a_document_says_when_it_was_written(suffix: str) -> None:
    """The date of a document is read where it says one."""
    assert parse(suffix, SAMPLES[suffix]).published == "2024-05-06"


def test_a_workbook_names_sheet_and_row() -> None:
    """A row is found by its sheet and the number it is shown with; merged cells stand in each they cover."""
    parsed = parse(".xlsx", xlsx(titled=True))
    where = place(parsed, "Town: Vik")
    assert (where.sheet, where.row) == (Untrusted("Fees"), 5)
    assert "Town: Orm; 2020: 1; 2021: 2.5\nTown: Orm; 2020: 3; 2021: 4" in parsed.text
    assert context(parsed.outline, parsed.text.index("Town: Vik")).reveal().endswith("in euros.")
    below = place(parsed, "Depth (m): 14")
    assert (below.sheet, below.row) == (Untrusted("Depths"), 4)


def test_numbers_of_old_workbooks_are_as_they_are_shown() -> None:
    """Whole numbers have no decimals, in the binary workbooks too."""
    rows: list[list[str | float]] = [["Town", "Ships"], ["Vik", 12.0], ["Orm", 2.5]]
    for suffix, data in ((".xls", xls(rows)), (".xlsb", xlsb(rows))):
        assert parse(suffix, data).text == "Town: Vik; Ships: 12\nTown: Orm; Ships: 2.5"


def test_a_mail_of_outlook_says_who_sent_it() -> None:
    """Subject and sender are found among the properties of a mail."""
    parsed = parse(".msg", SAMPLES[".msg"])
    assert parsed.title == "Fees"
    assert parsed.author is not None
    assert parsed.author.startswith('"Ada Berg" <ada@example.org')
    assert "The fee of Vik in 2021 is 15 euros." in parsed.text


def test_a_slide_is_named_by_its_number() -> None:
    """Points keep their depth, and notes and tables stand under the title of their slide."""
    parsed = parse(".pptx", SAMPLES[".pptx"])
    assert "- Two files\n  - of one kind" in parsed.text
    assert (place(parsed, "Say it slowly.").slide, section(parsed, "Say it slowly.")) == (2, ["Fees"])
    assert place(parse(".odp", SAMPLES[".odp"]), "15 euros").slide == 1


def test_what_lies_in_a_mail_or_archive_is_named() -> None:
    """An attachment stands under its name; what is not read is named with the reason."""
    parsed = parse(".eml", SAMPLES[".eml"])
    assert section(parsed, "Town: Vik") == ["fees.csv"]
    assert parsed.missing == "p.png in it is not read: it is a binary file of a kind that is not read (.png)"
    parsed = parse(".zip", zipped({"m.eml": eml(), ".hidden": b"x", "a/t.md": b"# A\n\nWords."}))
    assert section(parsed, "Town: Vik") == ["m.eml", "fees.csv"]
    assert section(parsed, "Words.") == ["a/t.md", "A"]


def test_what_is_unsure_in_an_archive_is_said_of_it() -> None:
    """A guess about a file in an archive is named with the file."""
    data = "Straße;Höhe\nGärtnerweg;12\n".encode("cp1252")
    parsed = parse(".zip", zipped({"ways.csv": data, "a.txt": b"Vik is a port."}))
    assert parsed.unsure.startswith("in ways.csv: its encoding is not declared")
    assert parsed.missing == ""


def test_an_archive_is_opened_only_so_deep() -> None:
    """An archive within an archive is read; one within that is named."""
    deep = zipped({"c.zip": zipped({"d.md": b"too deep"}), "b.md": b"within"})
    parsed = parse(".zip", zipped({"b.zip": deep, "a.md": b"first"}))
    assert "first" in parsed.text
    assert "within" in parsed.text
    assert "too deep" not in parsed.text
    assert "it lies too deep" in parsed.missing


def test_an_archive_that_unfolds_is_refused() -> None:
    """Three hundred megabytes of zeros in a small archive are not unpacked."""
    bomb = zipped({f"{at}.txt": bytes(30 * 1024 * 1024) for at in range(10)})
    for suffix in (".zip", ".xlsx", ".pptx", ".odt", ".epub"):
        with pytest.raises(Unusable, match="unpacks to more than 256 MB"):
            parse(suffix, bomb)


@pytest.mark.parametrize(
    ("suffix", "words", "headings"),
    [
        (".json", "2021: 15 euros", ["towns", "Vik"]),
        (".rst", "run", ["Fees", "Powers"]),
        (".adoc", "The fees are", ["Fees", "Towns"]),
        (".xml", "10⁶ cells", ["Fees", "Towns"]),
        (".ipynb", "15 euros", ["Fees"]),
    ],
)
def test_a_passage_has_its_headings_in_every_format(suffix: str, words: str, headings: list[str]) -> None:
    """Sections, and the names under which a value lies, stand above it."""
    assert section(parse(suffix, SAMPLES[suffix]), words) == headings


def test_records_are_rows() -> None:
    """A record of JSON Lines is one row, its inner values under joined names."""
    parsed = parse(".jsonl", SAMPLES[".jsonl"])
    assert parsed.text.split("\n")[1] == "town: Vik; fee.2021: 15 euros"
    assert place(parsed, "town: Vik").row == 2
    records = b"<list><town id='1'><name>Aar</name></town><town id='2'><name>Vik</name></town></list>"
    assert parse(".xml", records).text == "id: 1; name: Aar\nid: 2; name: Vik"


def test_what_docutils_does_not_know_is_read() -> None:
    """Roles and directives of Sphinx show their words, not an error."""
    parsed = parse(".rst", SAMPLES[".rst"])
    assert "The fees, see all of them:\n\n1. one\n2. two" in parsed.text
    assert "3.2 It is new." in parsed.text
    assert part_at(parsed.outline, parsed.text.index("run")).kind is PartKind.CODE
    stolen = parse(".rst", b"Words.\n\n.. include:: /etc/hosts\n\n.. raw:: html\n   :file: /etc/hosts\n")
    assert stolen.text == "Words."


def test_docbook_is_read_by_its_sections() -> None:
    """Lists keep numbers and lead-in, code its lines, and the title stands above."""
    assert parse(".xml", DOCBOOK.encode()).text == (
        "# Fees\n\n## Towns\n\nThere are two:\n\n1. one\n\n```\nrun\n```"
    )


def test_plain_text_has_the_sections_it_numbers_or_underlines() -> None:
    """Headings of a text without marks are found, and its words stay as they are written."""
    data = b"RFC of fees\n\n1. Introduction\n\n   Words.\n\n1.1. Requests\n\n   At most 20.\n"
    parsed = parse(".txt", data)
    assert parsed.text.encode() == data.strip()
    assert section(parsed, "At most 20") == ["1. Introduction", "1.1. Requests"]
    lined = parse(".txt", b"Guide\n=====\n\nWords.\n\nLimits\n------\n\nAt most 20.\n")
    assert section(lined, "At most 20") == ["Guide", "Limits"]


ODD = sorted(set(SAMPLES) - {".pdf", ".docx"})


@settings(max_examples=150)
@given(st.sampled_from(ODD), st.binary(max_size=400) | st.text(max_size=400), st.integers(0, 400))
def test_any_bytes_are_read_or_refused(suffix: str, data: bytes | str, at: int) -> None:
    """Whatever is written into a document, its parser fails in no other way than by refusing."""
    written = data if isinstance(data, bytes) else data.encode(errors="replace")
    for made in (written, SAMPLES[suffix][:at] + written + SAMPLES[suffix][at:]):
        try:
            parsed = parse(suffix, made)
        except Unusable:
            continue
        assert parsed.text.strip()
        assert not any(blank == after == "" for blank, after in pairwise(parsed.text.split("\n")))
