"""A sentence of a model is covered when its quotes hold its words, their order, and all that shades them."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from guards.wording.wording import WordingResult, is_wording_covered, usable, worded
from tests.guards.wording.departing import DEPARTING

QUOTE = (
    "Harbor opened its first office in Malmö on 3 March 1998 with twelve people. It does not ship to Peru."
    " An open breaker waits 15 seconds, not more."
)
SUBJECTS = st.sampled_from(
    ["Harbor", "The old pump", "A breaker of the Tern team", "Marsh", "No run", "All pumps"]
)
VERBS = st.sampled_from(
    ["opened", "was closed", "may fail", "weighs 15 kg", "replaced Gannet", "has 1,000 parts"]
)
TAILS = st.sampled_from(
    [
        "",
        " in May",
        " before the alarm rang",
        " if it is wet",
        ", the maker said",
        " from 5 to 10",
        " and sank",
    ]
)
SENTENCES = st.builds("{}{}{}.".format, SUBJECTS.map(lambda words: f"{words} "), VERBS, TAILS)
NEW = st.sampled_from(
    ["dangerous", "secretly", "orchestra", "Velmark", "doubled", "17", "metres", "never", "must"]
)


@pytest.mark.parametrize(
    ("quote", "sentence"),
    [
        (QUOTE, "Harbor opened its first office in Malmö in March 1998."),
        (QUOTE, "In March 1998, Harbor opened its first office in Malmo with 12 people."),
        (QUOTE, "It doesn't ship to Peru."),
        ("The pier was destroyed by the storm of 1953.", "The storm of 1953 destroyed the pier."),
        ("The storm of 1953 destroyed the pier.", "The pier was destroyed by the storm of 1953."),
        ("The weight of the pump is 5 kg.", "The pump's weight is 5 kilograms."),
        ("The pump, built in 1990, weighs 5 kg.", "The pump weighs 5 kg."),
        ("If it is wet, the pump stops.", "The pump stops if it is wet."),
        ("Cookies and headers are dropped.", "Cookies are dropped."),
        ("Anna led the\nclub, but not the\nchoir.", "Anna led the club, but not the choir."),
        ("The club was founded in 1990 and has ten members.", "The club has ten members."),
        ("Each time a probe fails, the wait is doubled.", "The wait is doubled whenever a probe fails."),
        ("The clinic is therefore closed on Sundays.", "The clinic is closed on Sundays."),
        (
            "Edda Brink founded the choir. She led it until 2004.",
            "Edda Brink founded the choir and led it until 2004.",
        ),
        (
            "The orchard has 90 trees. They were planted in 1998.",
            "The orchard has 90 trees, which were planted in 1998.",
        ),
    ],
)
def test_what_says_no_more_is_covered(quote: str, sentence: str) -> None:
    """Phrases may move or go, the voice may turn, sentences may join, and numbers be spelt in another way."""
    assert worded(sentence, [quote]).reasons == ()


@pytest.mark.parametrize(("quote", "sentence"), DEPARTING)
def test_what_says_more_or_something_else_is_refused(quote: str, sentence: str) -> None:
    """Opposites, denials, shades, order, names, numbers, conditions, opinions, limits, recombined words."""
    judged = worded(sentence, [quote])
    assert judged.wording is WordingResult.REFUSED
    assert judged.reasons


@pytest.mark.parametrize(("said", "quoted"), [("1000", "1,000"), ("2.5", "2.50"), ("3", "03"), ("0", "0.0")])
def test_a_number_is_its_value(said: str, quoted: str) -> None:
    """Grouping, leading and trailing zeros do not change a number; a digit does."""
    quote = f"It costs {quoted} dollars a day."
    assert is_wording_covered(f"It costs {said} dollars.", [quote]).allowed
    assert not is_wording_covered(f"It costs {said}1 dollars.", [quote]).allowed


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("Harbor opened its first office in Malmö in March 1999.", "'1999'"),
        ("Harbor opened its first office in Bergen in March 1998.", "'Bergen'"),
        ("An open breaker waits 15 minutes.", "'minutes'"),
        ("Harbor opened its first office, see www.harbor.example", "www.harbor.example"),
        ("It does ship to Peru.", "'ship' is not denied"),
        ("Harbor opened its first office before 3 March 1998.", "before"),
        (" ", "nothing"),
        ("<!", "nothing"),
    ],
)
def test_a_refusal_names_its_reason(sentence: str, reason: str) -> None:
    """The reason names the word that is strange, or what became of the order or of a denial."""
    decided = is_wording_covered(sentence, [QUOTE])
    assert not decided.allowed
    assert reason in decided.reason


def test_a_sentence_may_join_two_quotes() -> None:
    """Each quote gives its part, a denial too; without its quote a part is not covered."""
    quotes = ["Marlin keeps entries for 24 hours.", "Marlin never keeps backups."]
    joined = "Marlin keeps entries for 24 hours and never keeps backups."
    assert is_wording_covered(joined, quotes).allowed
    assert not is_wording_covered(joined, quotes[:1]).allowed
    assert not is_wording_covered(joined, []).allowed


@pytest.mark.parametrize(
    "sentence",
    [
        "Marlin keeps entries and Tern never keeps backups.",
        "Marlin never keeps backups and sails on Sundays.",
        "Marlin keeps entries and sails on Sundays.",
        "Tern never keeps backups.",
        "Marlin keeps entries. It sails on Sundays.",
        "Marlin and Tern sail on Sundays.",
    ],
)
def test_what_is_said_of_one_is_not_said_of_another(sentence: str) -> None:
    """A subject goes with its own predicate, also where both stand in the quotes, and so does a pronoun."""
    quotes = [
        "Marlin keeps entries.",
        "Tern sails on Sundays.",
        "It sails on Sundays.",
        "Gannet never keeps backups.",
    ]
    assert not is_wording_covered(sentence, quotes).allowed


@given(st.text() | SENTENCES)
def test_the_quote_itself_is_covered(quote: str) -> None:
    """Whatever a quote says, the quote says it, as far as it says anything."""
    assume(any(char.isalnum() for char in quote))
    assert worded(quote, [quote]).wording is WordingResult.COVERED
    assert worded(" ".join(quote.split()), ["Something else.", quote]).wording is WordingResult.COVERED


@given(SENTENCES, SENTENCES, st.sampled_from(["\n", "\n ", "  ", " \n  "]))
def test_a_line_break_is_a_blank(first: str, second: str, gap: str) -> None:
    """Where the lines of a quote end does not change what is covered."""
    quote = f"{first} {second}"
    broken = quote.replace(" ", gap)
    for sentence in (first, second.removesuffix("."), "The pump is not new."):
        assert worded(sentence, [broken]) == worded(sentence, [quote])


@given(SENTENCES, NEW, st.data())
def test_a_word_that_no_quote_holds_is_never_covered(quote: str, new: str, data: st.DataObject) -> None:
    """A word of content, a number, a denial or a modal is refused wherever it is put in."""
    words = quote.split()
    assume(new.lower() not in quote.lower())
    at = data.draw(st.integers(0, len(words)))
    assert not is_wording_covered(" ".join([*words[:at], new, *words[at:]]), [quote]).allowed


@given(SUBJECTS, st.sampled_from(["does not", "never", "cannot", "must not", "did\nnot"]), TAILS)
def test_a_denial_that_is_dropped_is_never_covered(subject: str, denial: str, tail: str) -> None:
    """What a quote denies is not affirmed, wherever its lines end and whatever stands around it."""
    quote = f"{subject} {denial} open the gate{tail}."
    for verb in ("opens", "can open", "must open", "did open", "does open"):
        assert not is_wording_covered(f"{subject} {verb} the gate{tail}.", [quote]).allowed


@given(st.tuples(SUBJECTS, SUBJECTS), st.tuples(VERBS, VERBS), TAILS)
def test_the_predicate_of_another_subject_is_never_covered(
    subjects: tuple[str, str], verbs: tuple[str, str], tail: str
) -> None:
    """Of two sentences that differ in subject and verb, the crossed ones are refused."""
    assume(subjects[0] != subjects[1] and verbs[0] != verbs[1])
    quotes = [f"{subject} {verb}{tail}." for subject, verb in zip(subjects, verbs, strict=True)]
    assert not is_wording_covered(f"{subjects[0]} {verbs[1]}{tail}.", quotes).allowed
    assert not is_wording_covered(f"{subjects[1]} {verbs[0]}.", quotes).allowed


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("Die Pumpe ist nicht sicher und wiegt 5 kg.", "The pump is not safe and it weighs 5 kg."),
        ("La pompe est sûre et elle pèse 5 kg.", "The pump is safe and it weighs 5 kg."),
        (
            "The pump is safe and it weighs 5 kg.",
            "Die Pumpe ist sicher und sie wiegt 5 kg, das ist nicht viel.",
        ),
        ("Η αντλία ζυγίζει 5 κιλά.", "The pump is safe and it weighs 5 kg."),  # noqa: RUF001 - Greek
        ("The two pumps weigh 12 kg in total.", "The two pumps weigh 5 kg and 7 kg."),
        ("The difference is 2 kg.", "The first is 5 kg and the second is 7 kg."),
    ],
)
def test_what_words_cannot_compare_is_told_apart(sentence: str, quote: str) -> None:
    """Another language and a number that is worked out are neither covered nor refused."""
    assert worded(sentence, [quote]).wording is WordingResult.UNCOMPARED
    assert not is_wording_covered(sentence, [quote]).allowed


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("Die Pumpe ist nicht sicher und wiegt 6 kg.", "The pump is not safe and it weighs 5 kg."),
        ("Die Pumpe ist sicher und nicht neu.", "Die Pumpe ist nicht sicher und sie ist neu."),
        ("The two pumps weigh 13 kg in total.", "The two pumps weigh 5 kg and 7 kg."),
        ("The two pumps weigh 12 kg.", "The two pumps weigh 5 kg and 7 kg."),
        ("The dangerous pumps weigh 12 kg in total.", "The two pumps weigh 5 kg and 7 kg."),
    ],
)
def test_neither_is_a_way_round_the_guard(sentence: str, quote: str) -> None:
    """A number of no quote, other words of the same language and a wrong sum are refused."""
    assert worded(sentence, [quote]).wording is WordingResult.REFUSED


RYE, OATS = "Rye weighs 5 kg a bag and costs 2 euros.", "Oats weigh 4 kg a bag and cost 3 euros."


@pytest.mark.parametrize(
    "said",
    ["- Rye weighs 5 kg a bag", "2. Rye costs 2 euros.", "| Rye | weighs 5 kg a bag | costs 2 euros |"],
)
def test_items_steps_and_rows_are_held_like_sentences(said: str) -> None:
    """The mark of an item or a step says nothing, and the cells of a row are parts of one sentence."""
    assert worded(said, [RYE, OATS]).wording is WordingResult.COVERED


@pytest.mark.parametrize(
    "said",
    [
        "- Rye weighs 4 kg a bag",
        "2. Rye costs 3 euros.",
        "2. Wheat costs 3 euros.",
        "| Rye | weighs 4 kg a bag | costs 2 euros |",
        "| Rye | weighs 5 kg a bag | costs 3 euros |",
        "| Rye | does not weigh 5 kg a bag |",
        "| Rye | 5 kg a bag | 2 euros | best of all |",
    ],
)
def test_a_cell_of_another_claim_is_refused(said: str) -> None:
    """A value that belongs to another row, a denial or a new word is found in items and cells too."""
    assert worded(said, [RYE, OATS]).wording is WordingResult.REFUSED


def test_a_denial_that_is_said_twice_is_another() -> None:
    """A second "not" takes the first one back."""
    quote = "The pump is not safe in the wet."
    assert worded("The pump is not not safe in the wet.", [quote]).wording is WordingResult.REFUSED
    assert worded("The pump isn't safe in the wet.", [quote]).wording is WordingResult.COVERED


def test_a_translation_is_for_who_asked_in_that_language() -> None:
    """Another language than that of the quotes is refused where the question is not in it."""
    quote, german = "The pump weighs 5 kg and it is new.", "Die Pumpe ist neu und wiegt 5 kg."
    asked = "How heavy is the pump and is it new?"
    assert worded(german, [quote], asked).wording is WordingResult.REFUSED
    assert worded(german, [quote], "Wie schwer ist die Pumpe?").wording is WordingResult.UNCOMPARED


def test_a_sentence_of_another_language_is_covered_as_it_stands() -> None:
    """Whole sentences of a quote are covered in any language."""
    quote = "Die Pumpe ist nicht sicher. Sie ist neu und wiegt 5 kg. Das ist viel."
    assert worded("Die Pumpe ist nicht sicher.", [quote]).wording is WordingResult.COVERED


def test_the_words_that_may_be_used_are_those_of_the_quotes() -> None:
    """A request to reword names the content of the quotes, once each, in their order."""
    assert usable(["The pump weighs 5 kg.", "The old pump is safe."]) == (
        "pump",
        "weighs",
        "5",
        "kg",
        "old",
        "safe",
    )
