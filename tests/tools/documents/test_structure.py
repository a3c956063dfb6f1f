from __future__ import annotations

import pytest

from graph.outline import PartKind, context, part_at, place_at
from graph.untrusted import Untrusted
from tools.documents.formats.table import parse
from tools.documents.parsed import Parsed

FILLER = "It was built by the region with help of the town and renewed when traffic grew later on."
HTML = f"""<html><title>Lines | Site</title><body><nav><a href="/">Home</a></nav><main>
<h1>Lines</h1><p>{FILLER}</p><h2>North</h2><p>The platform is 100 metres long. {FILLER}</p>
<h2>South</h2><p>The platform is 170 metres long. {FILLER}</p>
<p>There are two kinds of trains:</p><ol start="3"><li>slow ones<ul><li>with beds</li></ul></li>
<li><p>fast ones</p><p>They cost more.</p></li></ol>
<dl><dt>Adults</dt><dd>12 euro</dd><dt>Children</dt><dd>4 euro</dd></dl>
<pre>run
  this</pre><figure><img src="a.png"><figcaption>The yard in winter.</figcaption></figure>
<p>Read also: How long is the platform of the West?</p></main>
<footer>Imprint of the site</footer></body></html>"""
MARKDOWN = f"""# Lines

{FILLER}

## North

The platform is 100 metres long.

## South

The platform is 170 metres long.

There are two kinds of trains:

3. slow ones
   - with beds
4. fast ones

   They cost more.

```
run
  this
```

## References

- A. Writer. Platforms. Journal of Rails 12 (2019).

[All lines](https://example.org/lines)
"""


def read(suffix: str) -> Parsed:
    return parse(suffix, {".html": HTML, ".md": MARKDOWN}[suffix].encode())


def section(parsed: Parsed, words: str) -> list[str]:
    at = parsed.text.index(words)
    return [each.reveal() for each in place_at(parsed.outline, Untrusted(parsed.text), at).section]


def kind(parsed: Parsed, words: str) -> PartKind:
    return part_at(parsed.outline, parsed.text.index(words)).kind


@pytest.mark.parametrize("suffix", [".html", ".md"])
def test_a_passage_is_under_its_own_heading(suffix: str) -> None:
    """Four values under four headings can be told apart by the heading above each."""
    parsed = read(suffix)
    assert section(parsed, "The platform is 100") == ["Lines", "North"]
    assert section(parsed, "The platform is 170") == ["Lines", "South"]
    assert "## South\n\nThe platform is 170" in parsed.text


@pytest.mark.parametrize("suffix", [".html", ".md"])
def test_a_list_keeps_numbers_and_what_leads_to_it(suffix: str) -> None:
    """Items hang on their lead-in, an item below another on that; a second paragraph belongs to its item."""
    parsed = read(suffix)
    assert "trains:\n\n3. slow ones\n  - with beds\n4. fast ones\n\nThey cost more." in parsed.text
    for item, lead in (("4. fast", "There are two kinds of trains:"), ("  - with", "slow ones")):
        assert context(parsed.outline, parsed.text.index(item)).reveal() == f"Lines\nSouth\n{lead}"
    assert kind(parsed, "They cost more") is PartKind.ITEM


@pytest.mark.parametrize("suffix", [".html", ".md"])
def test_code_is_marked_and_keeps_its_lines(suffix: str) -> None:
    """Code stands between fences, line by line."""
    parsed = read(suffix)
    assert "```\nrun\n  this\n```" in parsed.text
    assert kind(parsed, "run\n") is PartKind.CODE


def test_what_a_page_says_beside_its_paragraphs_is_kept() -> None:
    """Definitions keep their terms and figures their captions; what is around the text is gone."""
    parsed = read(".html")
    assert "- Adults: 12 euro\n- Children: 4 euro" in parsed.text
    assert kind(parsed, "The yard in winter.") is PartKind.CAPTION
    assert "Imprint" not in parsed.text
    assert "Home" not in parsed.text


def test_what_states_nothing_is_marked() -> None:
    """Teasers, bare links and entries of a bibliography are told from statements."""
    assert kind(read(".html"), "Read also") is PartKind.NAVIGATION
    parsed = read(".md")
    assert kind(parsed, "- A. Writer") is PartKind.REFERENCE
    assert kind(parsed, "[All lines]") is PartKind.NAVIGATION


@pytest.mark.parametrize(
    ("suffix", "written"),
    [
        (
            ".html",
            """<p>It holds 3*10<sup>4</sup> cells of H<sub>2</sub>O at <del>12</del> <ins>15</ins> euros:
            <math><mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup></math>.</p>""",
        ),
        (".md", "It holds 3*10^4^ cells of H~2~O at ~~12~~ 15 euros: E=mc<sup>2</sup>.<!-- no -->"),
    ],
)
def test_powers_stay_powers_and_struck_out_words_go(suffix: str, written: str) -> None:
    """What is raised or lowered is written so in plain text, and what was struck out is not said."""
    text = parse(suffix, written.encode()).text
    assert text == "It holds 3*10⁴ cells of H₂O at 15 euros: E=mc²."


def test_code_in_a_line_of_markdown_is_kept_as_it_is() -> None:
    """Signs that would strike out or raise words mean themselves in code."""
    assert (
        parse(".md", b"Write `a ~~b~~ <sup>c</sup>` &amp; go.").text == "Write `a ~~b~~ <sup>c</sup>` & go."
    )


@pytest.mark.parametrize(
    ("head", "title", "author", "day"),
    [
        ("---\ntitle: >\n  A folded\n  title\ndate: 2024-05-06\n---\n", "A folded title", None, "2024-05-06"),
        (
            '---\ntitle: "A: B # C"\nauthors:\n  - name: Ada Berg\n  - Bo\n---\n',
            "A: B # C",
            "Ada Berg, Bo",
            None,
        ),
        ('+++\ntitle = "Tides"\ndate = 2024-05-06\nauthor = "Ada"\n+++\n', "Tides", "Ada", "2024-05-06"),
        ("Title: Tides\nDate: 2024-05-06\n\n", "Tides", None, "2024-05-06"),
        ("---\n- only\n- a list\n---\n", None, None, None),
        ("---\n\n[[[[\n\n---\n", None, None, None),
    ],
)
def test_front_matter_describes_the_text(
    head: str, title: str | None, author: str | None, day: str | None
) -> None:
    """YAML, TOML and plain fields give title, authors and date; what is none of them stays text."""
    parsed = parse(".md", f"{head}The tide is 3 metres.".encode())
    assert (parsed.title, parsed.author, parsed.published) == (title, author, day)
    assert parsed.text.endswith("The tide is 3 metres.")
    assert bool(title) == (parsed.text == "The tide is 3 metres.")
