"""The elements call actions that exist, import what Chainlit lets them, and make no HTML out of a text."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from ui.chat.report_view.chat_downloads import FORMATS
from ui.chat.report_view.claim_badges import BadgeKind
from ui.chat.report_view.present_report import ELEMENT
from ui.chat.report_view.report_figures import FIGURES
from ui.report.answer_standing import LOOKS

FOLDER = Path("ui/public/elements")
OURS = (FOLDER / "Report.jsx", FOLDER / "Source.jsx")
IMPORTED = re.compile(r"^import (?:\{(?P<names>[^}]*)\} )?from '(?P<module>[^']+)'", re.MULTILINE)
MODULES = {
    "react",
    "recoil",
    "lucide-react",
    "@chainlit/react-client",
    "@/components/ui/button",
}


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_an_element_imports_what_chainlit_lends(path: Path) -> None:
    """An import that is not lent shows an error in place of the report."""
    modules = {match["module"] for match in IMPORTED.finditer(path.read_text(encoding="utf-8"))}
    assert modules
    assert modules <= MODULES


def test_every_icon_exists() -> None:
    """An icon that is not in Chainlit's bundle is undefined, and breaks the report."""
    bundled = "".join(path.read_text(encoding="utf-8") for path in _assets("index-*.js"))
    for path in OURS:
        source = path.read_text(encoding="utf-8")
        (icons,) = (m["names"] for m in IMPORTED.finditer(source) if m["module"] == "lucide-react")
        for icon in map(str.strip, icons.split(",")):
            assert re.search(rf"\b{icon}:\s*\(?\)?", bundled), icon


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_no_text_becomes_html_and_nothing_outside_is_asked(path: Path) -> None:
    """Words of a source are text nodes; no picture, script, frame or font is fetched from anywhere."""
    source = path.read_text(encoding="utf-8")
    for forbidden in (
        "dangerouslySetInnerHTML",
        "innerHTML",
        "eval(",
        "Markdown }",
        "<img",
        "<iframe",
        "url(",
        "fetch(",
    ):
        assert forbidden not in source, forbidden
    assert not re.search(r"https?://", source)
    assert all("noopener noreferrer" in line for line in source.splitlines() if "_blank" in line)


def test_every_action_an_element_calls_is_heard() -> None:
    """A button whose action nobody hears does nothing."""
    sources = [path.read_text(encoding="utf-8") for path in OURS]
    called = {name for source in sources for name in re.findall(r"(?:name: |ask\()'(\w+)'", source)} - {
        "Source"
    }
    assert called == {"look", "read_citation", "read_more"}
    app = Path("ui/app.py").read_text(encoding="utf-8")
    assert called <= set(re.findall(r'@cl\.action_callback\("(\w+)"\)', app))


def test_the_elements_know_every_badge_status_form_and_figure() -> None:
    """A verdict, status, form or figure that is added is drawn, too."""
    report, source = (path.read_text(encoding="utf-8") for path in OURS)
    for standing in BadgeKind:
        assert f"{standing}: " in report
        assert f"{standing}: " in source
        assert f".attest-{standing}" in report
        assert f".attest-{standing}" in source
    for look in LOOKS.values():
        assert f"{look}: " in report
        assert f".attest-{look}" in report
    for kind in (*FORMATS, *FIGURES):
        assert f"['{kind}'," in report


def test_the_tests_of_a_browser_find_their_marks() -> None:
    """What a test or an assistive script looks for keeps its name."""
    report, source = (path.read_text(encoding="utf-8") for path in OURS)
    for mark in ("report", "unknowns", "disagreements", "status"):
        assert f'data-testid="{mark}"' in report
    for mark in ("citation-${number}", "followup-${at + 1}", "look-${figure}", "download-${kind}"):
        assert f"data-testid={{`{mark}`}}" in report
    for mark in ("source-panel", "source-quote", "more-before", "more-after"):
        assert f'data-testid="{mark}"' in source


def test_the_file_has_the_name_the_message_asks_for() -> None:
    """Chainlit finds an element by the name of its file."""
    assert (FOLDER / f"{ELEMENT}.jsx").is_file()


def _assets(pattern: str) -> list[Path]:
    spec = find_spec("chainlit")
    assert spec is not None
    assert spec.origin is not None
    return list((Path(spec.origin).parent / "frontend" / "dist" / "assets").glob(pattern))
