"""The signs that end a sentence, and those that may stand around it, in each script."""

# ruff: noqa: RUF001 - the typographic signs are meant

from __future__ import annotations

LATIN = ".!?…"
"""Where these stand, a small letter behind them goes on with the sentence."""
OTHER = "؟؞۔܀܁܂߹।॥།༎။፧።៕។᠃᠉։。！？｡"
"""Full stops of Arabic, Urdu, Syriac, N'Ko, Devanagari and its neighbours, Tibetan, Burmese, Ethiopic, Khmer,
Mongolian, Armenian, Chinese and Japanese: no abbreviation ends in one, and no blank need follow."""
OPENING = "\"'“‘„‚«»‹([*_¿¡「『（"
"""What may stand before the first word of a sentence."""
CLOSING = "\"'”’“‘»«›)]*_`」』）"
"""What may stand behind its stop."""
FOOTNOTE = r"\[\d{1,3}\]|[¹²³⁰-⁹]"
"""A pattern of the mark of a note, which belongs to the sentence before it."""
SPELT_SMALL = r"[a-z]{1,2}[A-Z]"
"""A pattern of a name that may begin a sentence with a small letter ("iPhone")."""
