from __future__ import annotations

import pytest

from graph.errors import Unusable
from graph.outline import PartKind
from graph.untrusted import Untrusted
from tests.tools.documents.printed import Paper, adobe_form, filled_in, without_letters
from tests.tools.documents.samples import encrypted, pdf
from tests.tools.documents.test_formats import LONG
from tools.documents.formats.table import parse
from tools.documents.parsed import Parsed


def read(paper: Paper) -> Parsed:
    return parse(".pdf", paper.bytes())


def test_pdf_sentences_run_over_line_ends() -> None:
    """Lines of a paragraph are joined and paragraphs are not, so that a sentence can be quoted."""
    parsed = parse(
        ".pdf", pdf(f"Cormorant handbook\n\n{LONG}\n\nSending\n\n{LONG}", title="Handbook", width=110)
    )
    assert parsed.text == f"Cormorant handbook\n\n{LONG}\n\nSending\n\n{LONG}"


def test_pdf_hyphens_go_or_stay_as_the_word_is_written() -> None:
    """A hyphen at a line end stays in a compound and goes from a word that was broken there."""
    lines = ("The light-", "house battery lasts thirty-", "six hours and is main-", "tained by the state-")
    text = read(Paper().lines(*lines, "owned port office of a well-", "known town.")).text
    assert text == (
        "The lighthouse battery lasts thirty-six hours and is maintained by the state-owned port office "
        "of a well-known town."
    )


def test_pdf_words_broken_at_line_ends_are_written_as_elsewhere() -> None:
    """What the document itself writes decides before any list of words does."""
    lines = "The grum-\nmation of a zorb-\nlike fact. Another zorb-like fact is a grummation.\n- a-\nb"
    text = parse(".pdf", pdf(lines)).text
    assert "The grummation of a zorb-like fact." in text
    assert "-\n" not in text


def test_pdf_sentences_run_over_pages() -> None:
    """Page numbers are dropped and running titles kept once, so a sentence goes on over the page's edge."""
    first, _, second = LONG.partition(" nodes ")
    second = f"nodes {second}"
    pages = (f"Harbor manual\n{first}\nmanual - page 1", f"Harbor manual\n{second}\nmanual - page 2")
    text = parse(".pdf", pdf(*pages, width=180)).text
    assert LONG in text
    assert text.count("Harbor manual") == 1
    assert "page 1" not in text


@pytest.mark.parametrize("count", ["Page {} of 3", "{} / 3", "Seite {} von 3", "- {} -"])
def test_pdf_lines_that_count_the_pages_are_no_text(count: str) -> None:
    """A line that counts the pages is left out, and the page a citation names is the one it stands on."""
    paper = Paper()
    for number in (1, 2, 3):
        paper.lines(f"Berth {'ABC'[number - 1]} is closed.").lines(count.format(number), top=280)
        if number < 3:
            paper.add_page()
    parsed = read(paper)
    assert parsed.text == "Berth A is closed.\n\nBerth B is closed.\n\nBerth C is closed."
    assert [part.place.page for part in parsed.outline] == [1, 2, 3]


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        (("A slide moved 3 x 10", "^4", " tonnes."), "A slide moved 3 x 10⁴ tonnes."),
        (("It loses 10", "^-3", " mol of CO", "_2", " an hour."), "It loses 10⁻³ mol of CO₂ an hour."),
        (("H", "_2", "O freezes."), "H₂O freezes."),
        (("The hall has 36 m", "^2", "."), "The hall has 36 m²."),
        (("The lamp burns.", "^3", " It is old."), "The lamp burns.³ It is old."),
        (("The 1", "^st", " of May."), "The 1st of May."),
    ],
)
def test_pdf_powers_and_indices_are_no_digits_of_the_line(pieces: tuple[str, ...], text: str) -> None:
    """Raised and lowered characters are told by their boxes, so 10⁴ is never read as 104."""
    assert read(Paper().raised(*pieces)).text == text


def test_pdf_hyphens_that_are_drawn_are_kept() -> None:
    """A soft hyphen on a page is seen, and what it stands between are two numbers and not one."""
    assert read(Paper().lines("It took 1\u00ad12 months.")).text == "It took 1-12 months."


def test_pdf_text_drawn_twice_is_read_once() -> None:
    """A shadow says nothing new, and a word that stands twice beside itself is no shadow."""
    paper = (
        Paper().lines("The quay of Vik had had a lamp.").lines("The quay of Vik had had a lamp.", left=20.4)
    )
    assert read(paper).text == "The quay of Vik had had a lamp."


def test_pdf_notes_keep_their_marks_apart() -> None:
    """The small number before a note is its mark, and no part of its first word."""
    paper = Paper()
    paper.set_font_size(7)
    paper.lines("1", left=20, top=28.5)
    paper.set_font_size(11)
    assert read(paper.lines("The lamp of 1950.", left=22)).text == "¹ The lamp of 1950."


def test_pdf_columns_drawn_row_by_row_are_read_one_after_the_other() -> None:
    """A page set in two columns gives whole sentences, in whatever order its lines were drawn."""
    left = (
        "The battery of the North Cape",
        "light lasts thirty-six hours. It",
        "is changed by the port",
        "each year in May.",
    )
    right = (
        "The fog horn of the South",
        "starts when one can see less",
        "than two kilometres. It ends",
        "when the air is clear.",
    )
    paper = Paper()
    for at, (one, other) in enumerate(zip(left, right, strict=True)):
        paper.lines(one, top=30 + 6 * at).lines(other, left=110, top=30 + 6 * at)
    assert read(paper).text == f"{' '.join(left)}\n\n{' '.join(right)}"


TABLE = (("Country", "2019", "2020"), ("France", "67.2", ""), ("Norway", "5.3", "5.4"))


def test_pdf_tables_are_rows_under_their_headers() -> None:
    """A ruled table gives a line for each row that names its columns; an empty cell shifts nothing."""
    parsed = read(Paper().lines("People in millions").ruled(*TABLE).lines("That is all.", top=120))
    assert parsed.text.split("\n\n") == [
        "People in millions",
        "Country: France; 2019: 67.2; 2020:\nCountry: Norway; 2019: 5.3; 2020: 5.4",
        "That is all.",
    ]


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_pdf_pages_are_read_whichever_way_they_are_turned(degrees: int) -> None:
    """Lines, tables and powers are found on a page that is drawn on its side."""
    paper = Paper()
    with paper.rotation(degrees, 105, 148):
        paper.lines(
            "The quay of the town of Vik was made longer by a third in the year", "it burned.", top=80
        )
        paper.ruled(*TABLE, top=110).raised("It weighs 10", "^4", " tonnes.", top=150)
    assert read(paper).text.split("\n\n") == [
        "The quay of the town of Vik was made longer by a third in the year it burned.",
        "Country: France; 2019: 67.2; 2020:\nCountry: Norway; 2019: 5.3; 2020: 5.4",
        "It weighs 10⁴ tonnes.",
    ]


def test_pdf_tables_need_no_rule_between_rows() -> None:
    """Rows that are not ruled apart are rows all the same, where most cells have as many lines."""
    paper = Paper().ruled(("Port", "Ships"), top=60)
    paper.rect(20, 68, 70, 20)
    paper.line(55, 68, 55, 88)
    paper.lines("Vik", "Orm", left=22, top=74).lines("311", "86", left=57, top=74)
    assert read(paper).text == "Port: Vik; Ships: 311\nPort: Orm; Ships: 86"


def test_pdf_tables_of_names_and_values_have_no_header() -> None:
    """Two columns of words are names and values: the first pair is not the header of the others."""
    assert read(Paper().ruled(("Port", "Vik"), ("Owner", "the town"))).text == "Port: Vik\nOwner: the town"


def test_pdf_headings_are_told_by_size_boldness_and_number() -> None:
    """A citation names the headings above it, whichever way they stand out."""
    paper = Paper()
    for size, style, heading in ((20, "", "Harbours"), (11, "B", "Vik"), (11, "", "1.2 Depths")):
        paper.set_font("Helvetica", style, size)
        paper.lines(heading, top=30)
        paper.set_font("Helvetica", size=11)
        paper.lines(f"The one called {heading} is deep and cold in every month.", top=45)
        paper.add_page()
    parsed = read(paper)
    sections = [part.place.section for part in parsed.outline if part.kind is PartKind.PROSE]
    assert sections == [
        tuple(map(Untrusted, ("Harbours", "Vik", "1.2 Depths")[:depth])) for depth in (1, 2, 3)
    ]
    assert parsed.title == "Harbours"


def test_pdf_lists_keep_their_items_whole() -> None:
    """An item that runs over a line end is one item, under its number."""
    lines = (
        "1. The first berth is for boats that stay no longer than one night in the har-",
        "    bour of Vik.",
        "2. Ships.",
    )
    assert read(Paper().lines(*lines)).text.startswith("1. The first berth is for boats that stay no longer")


def test_pdf_forms_give_what_was_filled_in() -> None:
    """The values of a form are rows under the names of its fields."""
    text = parse(".pdf", filled_in(Name="Tern", Home_port="Vik", Remark="")).text
    assert text == "Registration\n\nName: Tern\nHome port: Vik"


def test_pdf_forms_that_only_adobe_shows_are_named() -> None:
    """The note in place of such a form is not taken for its text; a form that shows itself is read."""
    with pytest.raises(Unusable, match="only Adobe Reader shows"):
        parse(".pdf", adobe_form("Please wait... If this message is not eventually replaced"))
    assert parse(".pdf", adobe_form("The harbour fee is 15 euros.")).text == "The harbour fee is 15 euros."


def test_pdf_metadata_gives_title_author_and_day() -> None:
    """What a person wrote into the metadata is known; what a program made up is not."""
    paper = Paper().lines("Some words.")
    paper.set_title("Depths of Vik")
    paper.set_author("Harbour Office")
    parsed = read(paper)
    assert (parsed.title, parsed.author, parsed.published) == (
        "Depths of Vik",
        "Harbour Office",
        "2024-03-07",
    )
    paper = Paper().lines("Date: 3 May 2021", "Some words.")
    paper.set_title("Microsoft Word - a.doc")
    paper.set_author("Administrator")
    parsed = read(paper)
    assert (parsed.title, parsed.author, parsed.published) == (None, None, "2021-05-03")


def test_pdf_with_a_password_is_refused() -> None:
    """A locked file is named as such; one that opens with no password is read."""
    with pytest.raises(Unusable, match="needs a password"):
        parse(".pdf", encrypted(pdf("words"), "secret"))
    assert parse(".pdf", encrypted(pdf("open words"), "")).text == "open words"


def test_pdf_without_text_is_refused() -> None:
    """A page without words is called a possible scan."""
    with pytest.raises(Unusable, match="may be a scan"):
        parse(".pdf", pdf(""))


def test_pdf_names_pages_that_are_images() -> None:
    """A page that is an image is named beside what was read; a page with nothing on it is not."""
    paper = Paper().lines("Some words.").scanned()
    paper.add_page()
    parsed = read(paper.scanned().scanned())
    assert (parsed.text, parsed.missing) == ("Some words.", "pages 2, 4 to 5 of 5 are images")
    assert read(Paper().lines("Words.").scanned()).missing == "page 2 of 2 is an image"


def test_pdf_names_the_page_that_cannot_be_read() -> None:
    """A page set in a font without letters costs that page alone, by its number."""
    parsed = parse(".pdf", without_letters(page=2))
    assert (parsed.text, parsed.missing) == ("The first page is read.", "page 2 cannot be read")
