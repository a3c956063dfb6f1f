"""Bytes of a text file, read as the characters they stand for."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache
from typing import NamedTuple

from graph.errors import Unusable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HEAD = 4096
_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE
)
_CONTROLS = bytes(sorted(set(range(32)) - set(b"\t\n\v\f\r\x1b")))
_ABOVE_ASCII = bytes(range(0x80, 0x100))
_SAMPLE = 32 * 1024
_MOST_CONTROLS = 0.01
_BINARY = "it is a binary file, not text"
# UTF-8 with a few broken bytes has this many whole characters above ASCII for each broken one.
_DAMAGE = 10
# So many of the upper bytes of UTF-16 are alike: one script fills most of a text, blanks and digits the rest.
_ALIKE = 0.6
_EAST_ASIAN = re.compile("[\t\n\r -~\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff00-\uffef]")
_NEARLY_ALL = 0.95
_MOST_LOST = 0.01
# What pages call by the first name is read by the second, which knows more characters (WHATWG, Encoding).
_READ_AS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
# Files in the encodings of old systems are rare, and words in two alphabets are: what is odd must be so much
# likelier than what is usual.
_ODD = 0.25
_ALSO_USUAL = frozenset({"mac-roman", "iso8859-2", "iso8859-7"})
_MIXED = re.compile(r"[A-Za-z][\u0370-\u1dff]|[\u0370-\u1dff][A-Za-z]")
_MOST_MIXED = 0.2


class _Decoded(NamedTuple):
    """Hold a text, how it was read, and whether that was a guess."""

    text: str
    encoding: str
    guessed: bool


def decode(data: bytes, claim: str | None = None) -> str:
    """Return the characters of a text file; `claim` names the encoding it says it is in, tried after UTF-8.

    Raises Unusable when the bytes are not text.
    """
    return _read(data, claim).text


def declared(data: bytes) -> str | None:
    """Return the encoding that the head of a page or of XML says it is in."""
    found = _CHARSET.search(data[:_HEAD])
    return found[1].decode() if found else None


def doubt(data: bytes, claim: str | None = None) -> str:
    """Say whether the encoding was guessed or characters were lost; raises Unusable as `decode` does."""
    reading = _read(data, claim)
    said = [f"its encoding is not declared and was taken for {reading.encoding}"] if reading.guessed else []
    if lost := reading.text.count("\ufffd") - data.count(b"\xef\xbf\xbd"):
        said.append(f"{lost} of its characters cannot be read" if lost > 0 else "")
    return "; ".join(filter(None, said))


@lru_cache(maxsize=1)
def _read(data: bytes, claim: str | None) -> _Decoded:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _Decoded(_whole(data.decode(encoding, "replace")), encoding, guessed=False)
    if wide := _wide(data):
        return _Decoded(data.decode(wide, "replace"), wide, guessed=True)
    if binary(data):
        raise Unusable(_BINARY)
    try:
        return _Decoded(data.decode(), "utf-8", guessed=False)
    except UnicodeDecodeError:
        claimed = _fitting(data, _known(claim))
        encoding = claimed or _guess(data)
        return _Decoded(data.decode(encoding, "replace"), encoding, guessed=not claimed)


def _whole(text: str) -> str:
    """Return a text that a byte order mark announced, unless other bytes happened to begin like one."""
    if text.count("\ufffd") > _MOST_CONTROLS * len(text):
        raise Unusable(_BINARY)
    return text.removeprefix("\ufeff")


def binary(data: bytes) -> bool:
    """Tell whether bytes hold too many control characters to be text; UTF-16 is text."""
    if data.startswith(tuple(mark for mark, _ in _MARKS)) or _wide(data):
        return False
    controls = len(data) - len(data.translate(None, _CONTROLS))
    return controls > _MOST_CONTROLS * len(data)


def _wide(data: bytes) -> str:
    """Name the kind of UTF-16 that bytes without a mark are in, or nothing.

    Every other byte of it is one of few: zero in Western text, at blanks, digits and line ends in any. The
    signs of Chinese, Japanese and Korean fill many of them, and nothing else is in such a text.
    """
    sample = data[: _SAMPLE & ~1]
    if len(sample) % 2 or b"\0" not in sample:
        return ""
    for upper, encoding in ((sample[1::2], "utf-16-le"), (sample[::2], "utf-16-be")):
        text = sample.decode(encoding, "replace")
        commonest = max(upper.count(byte) for byte in set(upper))
        if commonest < _ALIKE * len(upper) and len(_EAST_ASIAN.findall(text)) < _NEARLY_ALL * len(text):
            continue
        odd = sum((sign < " " and sign not in "\t\n\v\f\r") or sign in "\x7f\ufffd" for sign in text)
        if odd <= _MOST_CONTROLS * len(text) and any(sign in " \n" for sign in text):
            return encoding
    return ""


def _known(label: str | None) -> str | None:
    """Return the encoding that a label stands for on the web, or None."""
    for name in (label or "", (label or "").lower().removeprefix("x-")):
        try:
            b"a".decode(name)
            encoding = codecs.lookup(name).name
        except (LookupError, ValueError):
            continue
        return _READ_AS.get(encoding, encoding)
    return None


def _fitting(data: bytes, encoding: str | None) -> str | None:
    """Return an encoding in which nearly all bytes are characters; bytes that are no UTF-8 are not in it."""
    if not encoding or encoding == "utf-8":
        return None
    text = data.decode(encoding, "replace")
    return encoding if text.count("\ufffd") <= _MOST_LOST * len(text) else None


def _foreign(data: bytes) -> int:
    """Count the bytes that are not ASCII."""
    return len(data) - len(data.translate(None, _ABOVE_ASCII))


def _guess(data: bytes) -> str:
    """Name the likeliest encoding of bytes that are not clean UTF-8."""
    text = data.decode(errors="replace")
    if sum(character > "\x7f" for character in text) > _DAMAGE * text.count("\ufffd"):
        return "utf-8"
    from chardet import EncodingEra, detect_all  # noqa: PLC0415  # 40 ms that most folders never need

    sample = data[:_SAMPLE]
    web = detect_all(sample, ignore_threshold=True, encoding_era=EncodingEra.MODERN_WEB)
    usual = {_known(found["encoding"]) for found in web} | _ALSO_USUAL
    likely: dict[str, float] = {}
    for found in detect_all(sample, ignore_threshold=True):
        if (name := found["encoding"]) and (encoding := _known(name)):
            odd = encoding not in usual
            odd |= len(_MIXED.findall(sample.decode(encoding, "replace"))) > _MOST_MIXED * _foreign(sample)
            likely.setdefault(encoding, found["confidence"] * (_ODD if odd else 1))
    return max(likely, key=lambda name: likely[name], default="cp1252")
