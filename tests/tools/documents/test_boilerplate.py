from __future__ import annotations

import pytest

from graph.outline import PartKind
from tools.documents.boilerplate import kind_of


@pytest.mark.parametrize(
    ("piece", "section", "kind"),
    [
        (
            "[1] A. Writer. Lamps that last. Journal of Lamps 12 (2019).",
            ["References"],
            PartKind.REFERENCE,
        ),
        ("- B. Writer, Lamps, 2nd ed., 2007", ["Guide", "7. Bibliography:"], PartKind.REFERENCE),
        ("https://example.org/lamps", ["Guide"], PartKind.REFERENCE),
        ("- [All lamps](https://example.org/lamps)", [], PartKind.NAVIGATION),
        ("Read also: How long does the lamp of the South last?", [], PartKind.NAVIGATION),
        ("Siehe auch: Wie lange brennt die Lampe?", [], PartKind.NAVIGATION),
        ("The lamp was built in 2019 and lasts.", ["Results"], None),
        ("The option takes two values.", ["Reference"], None),
        ("The words below hold for all entries.", ["References"], None),
        ("See [the list](https://example.org) for all of them.", [], None),
    ],
)
def test_what_states_nothing_is_told(piece: str, section: list[str], kind: PartKind | None) -> None:
    """Entries of a bibliography, bare links and teasers are told from statements beside them."""
    assert kind_of(piece, section) is kind
