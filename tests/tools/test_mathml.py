from __future__ import annotations

import pytest
from lxml.etree import fromstring  # type: ignore[import-untyped]

from tools.mathml import formula


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<msup><mn>10</mn><mn>4</mn></msup>", "10⁴"),
        ("<msub><mi>H</mi><mn>2</mn></msub>", "H₂"),
        ("<msubsup><mi>a</mi><mi>i</mi><mn>2</mn></msubsup>", "aᵢ²"),
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mn>1</mn></mrow><mn>2</mn></mfrac>", "(a+1)/2"),
        ("<msqrt><mi>x</mi></msqrt><annotation>x^2</annotation>", "√x"),
    ],
)
def test_formulas_keep_what_is_raised_and_lowered(markup: str, text: str) -> None:
    """Powers, indices, fractions and roots can still be told apart in one line."""
    assert formula(fromstring(f"<math>{markup}</math>")) == text
