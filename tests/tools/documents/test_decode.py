# ruff: noqa: RUF001 - the foreign letters are meant

from __future__ import annotations

import codecs
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import Unusable
from tools.documents.decode import decode

GERMAN = "Die Überprüfung der Maßnahmen für größere Städte läuft über mehrere Wochen."
FRENCH = "L’été dernier, nous avons passé trois semaines à côté de la forêt; c'était très agréable."
SPANISH = (
    "Todos los seres humanos nacen libres e iguales en dignidad y derechos y, dotados de razón, año niño."
)
POLISH = "Zażółć gęślą jaźń. Wszyscy ludzie rodzą się wolni i równi pod względem swej godności."
RUSSIAN = "Все люди рождаются свободными и равными в своем достоинстве и правах."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GERMAN, "cp1252"),
        (FRENCH, "cp1252"),
        (SPANISH, "latin1"),
        (POLISH, "iso8859_2"),
        (RUSSIAN, "koi8_r"),
        (RUSSIAN, "cp1251"),
        (GERMAN, "utf-8"),
        (GERMAN, "utf-8-sig"),
        (GERMAN, "utf-16"),
        (GERMAN, "utf-32"),
    ],
)
def test_common_encodings_are_told_apart(text: str, encoding: str) -> None:
    """A text of ordinary length is read as it was written, with or without a byte order mark."""
    assert decode(text.encode(encoding)) == text


def test_utf_16_of_the_other_order() -> None:
    """A byte order mark is believed."""
    assert decode(codecs.BOM_UTF16_BE + GERMAN.encode("utf-16-be")) == GERMAN


def test_damaged_utf_8_stays_utf_8() -> None:
    """One broken byte does not turn a whole text into another alphabet."""
    assert decode((GERMAN * 3).encode() + b"\xff end") == GERMAN * 3 + "\ufffd end"


def test_a_declared_encoding_is_used_only_where_it_can_be() -> None:
    """A page's claim decides between single-byte encodings, and a nonsensical one is ignored."""
    assert decode("цена".encode("koi8_r"), "koi8-r") == "цена"
    assert decode(GERMAN.encode("cp1252"), "no-such-thing") == GERMAN
    assert decode(GERMAN.encode("cp1252"), "hex") == GERMAN


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 4,
        b"\x00" * 100,
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 9,
        b"\xff\xfe\x00\xd8" * 50,
    ],
)
def test_binary_is_refused(data: bytes) -> None:
    """Bytes that are no text are named as such and not guessed into one."""
    with pytest.raises(Unusable, match="binary"):
        decode(data)


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    """No bytes make the decoder fail in another way."""
    with suppress(Unusable):
        assert isinstance(decode(data), str)
