"""Say in which form a question wants its answer, where it wants another than sentences."""

from __future__ import annotations

from tools.models.extractive.shapes import Shape, shape

_FORMS = {
    Shape.LIST: "a list; each item is a sentence of its own that begins with `- `",
    Shape.STEPS: "steps in their order; each is a sentence of its own that begins with its number, as `1. `",
    Shape.COMPARISON: "a table; each row is a sentence of its own, as `| Oak | 12 kg | hard |`",
}


def wanted_form(question: str) -> str:
    """Return what a writer is told of the form; nothing where sentences will do."""
    return _FORMS.get(shape(question), "")
