from __future__ import annotations

import pytest

from tools.models.extractive.resemblance import near_copies, words

TEXT = (
    "The council closed the upper reservoir in March after divers found three long cracks in the old wall,"
    " and the valley was supplied from wells until the repair was done."
)


def edited(every: int, word: str = "") -> str:
    """Return the text with every so many words left out, or another word in their place."""
    said = TEXT.split()
    return " ".join(filter(None, (word if at % every == every - 1 else one for at, one in enumerate(said))))


@pytest.mark.parametrize(
    "copy",
    [
        TEXT,
        edited(8),
        edited(5),
        edited(9, "other"),
        f"As we hear, {TEXT} More tomorrow.",
        TEXT.replace("closed", "shut").upper(),
        TEXT.split(", and", maxsplit=1)[0],
    ],
)
def test_a_lightly_edited_copy_is_a_copy(copy: str) -> None:
    """Words left out, exchanged or put around a text do not make it a second source."""
    assert near_copies(words(TEXT), words(copy))
    assert near_copies(words(copy), words(TEXT))


@pytest.mark.parametrize(
    "own",
    [
        "Divers saw three cracks in the wall, so in March the council shut it; wells fed the valley.",
        "The council closed the lower bridge in May after engineers had found rust in its cables.",
        "It was closed.",
    ],
)
def test_what_others_say_in_their_own_words_is_no_copy(own: str) -> None:
    """The same told anew, and something else in like words, are texts of their own."""
    assert not near_copies(words(TEXT), words(own))


def test_a_short_text_is_a_copy_only_where_it_is_equal() -> None:
    """Few words are alike by chance."""
    assert near_copies(words("The pump weighs 3 kg."), words("the pump weighs 3 kg"))
    assert not near_copies(words("The pump weighs 3 kg."), words("The pump weighs 4 kg."))
    assert not near_copies(words(""), words(""))
