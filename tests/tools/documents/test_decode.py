# ruff: noqa: RUF001 - the foreign letters are meant

from __future__ import annotations

import codecs
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import Unusable
from tools.documents.decode import decode, doubt
from tools.documents.formats.table import parse

GERMAN = "Die Überprüfung der Maßnahmen für größere Städte läuft über mehrere Wochen."
FRENCH = "L’été dernier, nous avons passé trois semaines à côté de la forêt; c'était très agréable."
SPANISH = (
    "Todos los seres humanos nacen libres e iguales en dignidad y derechos y, dotados de razón, año niño."
)
POLISH = "Zażółć gęślą jaźń. Wszyscy ludzie rodzą się wolni i równi pod względem swej godności."
RUSSIAN = "Все люди рождаются свободными и равными в своем достоинстве и правах."


JAPANESE = "港の深さは十四メートルで、船は毎朝七時に出ます。切符は窓口で買えます。"
CHINESE = "港口,水深\n北港,14\n南港,9\n"
KOREAN = "항구의 수심은 14미터이고 배는 매일 아침 일곱 시에 떠난다."
GREEK = "Το λιμάνι έχει βάθος δεκατέσσερα μέτρα και το πλοίο φεύγει κάθε πρωί."
HEBREW = "עומק הנמל הוא ארבעה עשר מטרים, והאונייה יוצאת בכל בוקר."
THAI = "ท่าเรือลึกสิบสี่เมตรและเรือออกทุกเช้าเวลาเจ็ดโมง"
TURKISH = "Limanın derinliği on dört metredir; gemi her sabah yedide İzmir'e doğru kalkıyor."
CZECH = "Přístav je hluboký čtrnáct metrů a loď vyplouvá každé ráno v sedm hodin."
HUNGARIAN = "A kikötő tizennégy méter mély, és a hajó minden reggel hétkor indul; a jegyek őrzőhelye zárt."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GERMAN, "cp1252"),
        (FRENCH, "cp1252"),
        (SPANISH, "latin1"),
        (POLISH, "iso8859_2"),
        (RUSSIAN, "koi8_r"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "utf-16-le"),
        (GERMAN, "utf-16-be"),
        (f"{JAPANESE}\n", "utf-16-le"),
        (f"{CHINESE}\n{CHINESE}\n", "utf-16-be"),
        (f"{KOREAN}\n", "utf-16-le"),
        (JAPANESE, "cp932"),
        (JAPANESE, "euc_jp"),
        (CHINESE, "gbk"),
        (KOREAN, "cp949"),
        (GREEK, "cp1253"),
        (HEBREW, "cp1255"),
        (THAI, "cp874"),
        (TURKISH, "cp1254"),
        (CZECH, "cp1250"),
        (HUNGARIAN, "cp1250"),
        (HUNGARIAN, "iso8859_2"),
        (FRENCH, "mac_roman"),
        ("Ort;Preis\r\nMünster;3,5 €\r\nGörlitz;4 €\r\nFürth;6 €\r\n", "cp1252"),
        ("Město;Řeka\nPřerov;Bečva\nTřebíč;Jihlava\n", "cp1250"),
        ("İl;Göl\nIğdır;Balık\nMuş;Haçlı\n", "cp1254"),
        ("Миля;Порт\n3;Очаков\n5;Керчь\n", "koi8_r"),
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
    ("label", "text", "encoding"),
    [
        ("iso-8859-1", "15 € – “no dogs”", "cp1252"),
        ("ISO-8859-9", "Iğdır – “15 €”", "cp1254"),
        ("gb2312", "鎔基先生的港口", "gb18030"),
        ("shift_jis", "①は髙橋さん", "cp932"),
        ("x-sjis", "港の深さ", "cp932"),
        ("euc-kr", "똠방각하", "cp949"),
        ("tis-620", "ท่าเรือ…", "cp874"),
        ("utf8", GERMAN, "cp1252"),
    ],
)
def test_labels_mean_what_they_mean_on_the_web(label: str, text: str, encoding: str) -> None:
    """A label stands for the larger encoding that browsers read it as; UTF-8 that is none is guessed."""
    assert decode(text.encode(encoding), label) == text


@pytest.mark.parametrize(
    ("data", "claim", "said"),
    [
        (CZECH.encode("cp1250"), None, "its encoding is not declared and was taken for cp1250"),
        (CZECH.encode("cp1250"), "windows-1250", ""),
        (CZECH.encode(), None, ""),
        (GERMAN.encode("utf-16"), None, ""),
        ((GERMAN * 3).encode() + b"\xff end", None, "taken for utf-8; 1 of its characters cannot be read"),
    ],
)
def test_what_was_guessed_or_lost_is_said(data: bytes, claim: str | None, said: str) -> None:
    """A guess and a loss are named, and nothing is said where neither was needed."""
    assert doubt(data, claim).endswith(said)
    assert bool(doubt(data, claim)) == bool(said)


def test_a_document_says_that_its_encoding_was_guessed() -> None:
    """The doubt goes with the document; a page that declares its encoding leaves none."""
    assert "taken for cp1250" in parse(".txt", CZECH.encode("cp1250")).unsure
    page = f'<meta charset="windows-1250"><p>{CZECH}</p>'
    assert parse(".html", page.encode("cp1250")).unsure == ""


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
