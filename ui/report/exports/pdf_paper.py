"""Write text on PDF pages: the font, the footer, and a sign for characters the font lacks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from importlib.resources import as_file, files

from fpdf import FPDF
from fpdf.fonts import TTFFont

from guards.visible_text import one_line, visible

FAMILY = "fira"
LACKING = "◊"
"""Stands for every character the font has no shape for."""

_PACKAGE = "fontpkg_fira_sans"
_STYLES = {"": "Regular", "B": "Bold", "I": "Italic"}
_MARGIN = 22
_INK = (28, 33, 39)
_QUIET = (87, 96, 106)
_LINK = (11, 87, 164)
_LINE = (205, 211, 217)


class Paper(FPDF):
    """Write A4 pages in Fira Sans; `lost` counts the characters that it cannot show."""

    def __init__(self, title: str, made: datetime) -> None:
        super().__init__(format="A4")
        self.lost = 0
        self._name = one_line(title)
        self.set_margins(_MARGIN, _MARGIN)
        self.set_auto_page_break(auto=True, margin=_MARGIN + 4)
        for style, name in _STYLES.items():
            with as_file(files(_PACKAGE) / "files" / f"FiraSans-{name}.ttf") as path:
                self.add_font(FAMILY, style, path)
        self._known = frozenset.intersection(
            *(frozenset(font.cmap) for font in self.fonts.values() if isinstance(font, TTFFont))
        )
        self._describe(made)
        self.add_page()

    def footer(self) -> None:
        """Write the page number, and what the report is about."""
        self.set_xy(_MARGIN, -16)  # not the margin of an indented passage that goes on overleaf
        self._look(8.5, "", _QUIET)
        width = self.w - 2 * _MARGIN - 30
        self.cell(width, 5, self._fitted(self._name, width))
        self.cell(30, 5, f"{self.page_no()} of {{nb}}", align="R")

    def heading(self, words: str, size: float, level: int) -> None:
        """Write a heading that does not stand alone at the foot of a page, and list it in the outline."""
        if self.will_page_break(30):
            self.add_page()
        self.ln(size * 0.4)
        self.start_section(one_line(words), level=level)
        self.paragraph(words, size=size, style="B")
        self.ln(size * 0.12)

    def paragraph(
        self, words: str, size: float = 10.5, style: str = "", *, quiet: bool = False, href: str = ""
    ) -> None:
        """Write a paragraph."""
        self._look(size, style, _LINK if href else _QUIET if quiet else _INK)
        self.multi_cell(
            0, size * 0.5, self.showing(words), new_x="LMARGIN", new_y="NEXT", align="L", link=href
        )

    def run(
        self, words: str, size: float = 10.5, style: str = "", *, quiet: bool = False, link: int = 0
    ) -> None:
        """Write words where the last ones ended; `link` leads to a place in this file."""
        self._look(size, style, _LINK if link else _QUIET if quiet else _INK)
        self.write(size * 0.5, self.showing(words), link or "")

    def end(self, size: float = 10.5, after: float = 1.5) -> None:
        """End the line that `run` wrote."""
        self.ln(size * 0.5)
        self.ln(after)

    def rule(self) -> None:
        """Draw a thin line across the page."""
        self.set_draw_color(*_LINE)
        self.set_line_width(0.2)
        self.line(self.l_margin, self.get_y(), self.w - self.r_margin, self.get_y())
        self.ln(2.5)

    def indented(self, write: Callable[[], None], by: float = 6) -> None:
        """Write something with a wider margin."""
        left = self.l_margin
        self.set_left_margin(left + by)
        self.set_x(left + by)
        write()
        self.set_left_margin(left)
        self.set_x(left)

    def showing(self, words: str) -> str:
        """Return the words with a sign in place of each character the font has no shape for."""
        shown = [
            c if c == "\n" or ord(c) in self._known else LACKING for c in visible(words).replace("\t", " ")
        ]
        self.lost += shown.count(LACKING) - words.count(LACKING)
        return "".join(shown)

    def _describe(self, made: datetime) -> None:
        self.set_title(self._name)
        self.set_creator("Attest")
        self.set_lang("en")
        self.set_creation_date(made)

    def _look(self, size: float, style: str, colour: tuple[int, int, int]) -> None:
        self.set_font(FAMILY, style, size)
        self.set_text_color(*colour)

    def _fitted(self, words: str, width: float) -> str:
        shown = "".join(c if ord(c) in self._known else LACKING for c in words)
        if self.get_string_width(shown) <= width:
            return shown
        while shown and self.get_string_width(f"{shown}…") > width:
            shown = shown[:-1]
        return f"{shown}…"
