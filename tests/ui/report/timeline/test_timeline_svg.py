"""The timeline of a run is one picture that stands alone."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree  # type: ignore[import-untyped]  # it has no types

from graph.report.timeline import Timeline, timeline
from tests.ui.command_line import Attest
from tests.ui.fake_app import RUN_ID
from tests.ui.report.timeline.past_runs import PAST, drawings, planned
from ui.report.timeline.timeline_svg import picture

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = 'read </text><script>x</script> "&" \x1b[31m\ufffe\ud800 page'


@pytest.mark.usefixtures("past")
def test_the_picture_stands_alone(attest: Attest) -> None:
    """It is one SVG with a title: no script, no address, the path marked by an outline and by hatching."""
    shown = attest("show", RUN_ID, "--svg", "run.svg")
    assert (shown.exit_code, shown.stdout) == (0, "")
    assert "drawn in run.svg" in shown.stderr
    assert Path("run.svg").stat().st_mode & 0o777 == 0o644
    root = etree.fromstring(Path("run.svg").read_bytes())
    assert {element.tag for element in root.iter()} <= {
        SVG + name
        for name in (
            *("svg", "title", "desc", "style", "defs", "pattern", "path", "clipPath"),
            *("rect", "text", "line", "g", "circle"),
        )
    }
    assert root.findtext(f"{SVG}title") == f"Timeline of {RUN_ID} (answered): Which plant opened first?"
    assert "b1.q1 (web.one), then b1.q1~2 (web.one)" in (root.findtext(f"{SVG}desc") or "")
    assert root.get("aria-labelledby") == "title desc"
    style = root.findtext(f"{SVG}style") or ""
    assert "prefers-color-scheme: dark" in style
    assert "url(" not in style
    assert "@import" not in style
    groups = [group for group in root.iter(f"{SVG}g") if "b" in (group.findtext(f"{SVG}title") or "")[:1]]
    hatched = [any(r.get("fill") == "url(#hatch)" for r in group.iter(f"{SVG}rect")) for group in groups]
    assert hatched == [True, True, False, False]


@given(drawings(), st.text())
def test_every_picture_is_sound(drawn: Timeline, name: str) -> None:
    """Whatever a question holds it is XML, and nothing lies outside of the picture."""
    root = etree.fromstring(picture(drawn, name).encode())
    wide, high = float(root.get("width", "")), float(root.get("height", ""))
    for box in root.iter(f"{SVG}rect"):
        if box.get("x"):
            x, y, width_, height = (float(box.get(side, "")) for side in ("x", "y", "width", "height"))
            assert 0 <= x < x + width_ <= wide
            assert 0 <= y <= y + height <= high


def test_what_a_label_holds_is_only_shown() -> None:
    """Markup, controls and letters XML has no place for are words in the picture."""
    history = replace(PAST, plan=planned("b1.q1", "b2.q1", purpose=HOSTILE))
    text = picture(timeline(history), HOSTILE)
    root = etree.fromstring(text.encode())
    assert "<script" not in text
    assert any("</text><script>x</script>" in words for words in root.itertext())
    assert not any(character in text for character in "\x1b\ufffe\ud800")


@pytest.mark.parametrize("file", ["gone/run.svg", "docs", "docs/run.svg/run.svg"])
@pytest.mark.usefixtures("past")
def test_a_picture_that_cannot_be_written_is_a_line(attest: Attest, file: str) -> None:
    """The line names the file and the way out; nothing is left beside it."""
    Path("docs/run.svg").write_text("a file")
    shown = attest("show", RUN_ID, "--svg", file)
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert re.fullmatch(
        rf"attest: cannot write {file} \([A-Za-z ]+\): choose another file with --svg\n", shown.stderr
    )
    assert [path.name for path in Path().iterdir()] == ["docs"]
