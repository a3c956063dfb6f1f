from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.report.readable_text import readable


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("The **limit** is *five* calls, see `calls.max`.", "The limit is five calls, see calls.max."),
        ("Read [the guide](https://example.org/guide) first.", "Read the guide first."),
        ("![A pump](pump.png) stands in the hall.", "A pump stands in the hall."),
        ("## Limits of calls", "Limits of calls"),
        ("- [x] Close the valve.", "Close the valve."),
        ("> It stops by itself.", "It stops by itself."),
        ("| Norway | 5.4 million | 2021 |", "Norway; 5.4 million; 2021"),
        ("The pump stops [2] after a minute.[3, 4]", "The pump stops after a minute."),
        ("It was built in 1820.[^a]", "It was built in 1820."),
        ('Set it {{< relref "limits.md" >}} to five.', "Set it to five."),
        ("Press <kbd>Enter</kbd> twice.", "Press Enter twice."),
        ("a\\*b and snake_case_name stay", "a*b and snake_case_name stay"),
        ("Take `items[0]` of it[1].", "Take items[0] of it."),
        ("Read [the guide][g] first.", "Read the guide first."),
        ("It holds 3 m<sup>2</sup>, or H<sub>2</sub>O.", "It holds 3 m², or H2O."),
        ("Use <em>both</em> hands. <!-- why? -->Then lift.", "Use both hands. Then lift."),
        ("Call attest show <run> for it.", "Call attest show <run> for it."),
        ("Salt &amp; water &lt; 5&nbsp;%", "Salt & water < 5 %"),
        ("4*5*6 is a*b*c", "4*5*6 is a*b*c"),
        ("It calls __init__() of obj.__class__ once.", "It calls __init__() of obj.__class__ once."),
        ("{% note %}Wear gloves.{% endnote %}", "Wear gloves."),
        ("{{% notice tip %}}Wear gloves.{{% /notice %}}", "Wear gloves."),
        ('!!! warning "Hot surface"', "Hot surface"),
        (":::tip Spare parts", "Spare parts"),
        ("> [!NOTE]\n> It is loud.", "It is loud."),
        ("The pump {#pump .big}", "The pump"),
        ("[^a]: Without the base.", "Without the base."),
        ("Cell | Cell\n-----|-----\nred | 5", "Cell | Cell red | 5"),
        ("| a | b |\n|---|:-:|\n| **x** | `y` |", "a; b x; y"),
        ("Steps:\n\n1. Open *it*.\n2. Close it.", "Steps: 1. Open it. 2. Close it."),
        ("Kinds:\n- red\n- blue", "Kinds: • red • blue"),
        ("Title\n=====\nText", "Title Text"),
        ("Run:\n```bash\nmake *x*\n```", "Run: make *x*"),
        ("[x](javascript:alert(1)) <script>alert(1)</script>", "x alert(1)"),
    ],
)
def test_markup_of_a_source_is_not_shown(written: str, shown: str) -> None:
    """What a source wrote as Markdown is read as its words."""
    assert readable(written) == shown


@given(st.text(max_size=300))
def test_any_text_becomes_one_harmless_line(text: str) -> None:
    """Nothing that acts on a terminal comes through, whatever it holds."""
    shown = readable(text)
    assert "\n" not in shown
    assert "\x1b" not in shown


@given(st.lists(st.sampled_from(["water", "pump", "valve", "stops", "3.5", "bar"]), min_size=1))
def test_plain_words_stay_as_they_are(words: list[str]) -> None:
    """A sentence without markup is shown unchanged."""
    said = " ".join(words)
    assert readable(said) == said
