"""Office files that no library here writes, record by record: binary workbooks and mails of Outlook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from struct import pack

from tests.tools.documents.samples import zipped

_SECTOR, _LEAST = 512, 4096
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def compound(streams: Mapping[str, bytes]) -> bytes:
    """Pack streams into a compound file (MS-CFB), each so long that it has sectors of its own."""
    padded = {name: data.ljust(_LEAST, b"\0") for name, data in streams.items()}
    sectors, fat, entries = b"", [_FAT], []
    for name, data in padded.items():
        count = -(-len(data) // _SECTOR)
        entries.append(_entry(name, 2, len(fat), len(data)))
        fat += [*range(len(fat) + 1, len(fat) + count), _END]
        sectors += data.ljust(count * _SECTOR, b"\0")
    names = sorted(padded, key=lambda name: (len(name), name.upper()))
    order = [list(padded).index(name) + 1 for name in names]
    linked = [_linked(entry, order, at) for at, entry in enumerate(entries, start=1)]
    directory = b"".join([_linked(_entry("Root Entry", 5, _END, 0), order, 0), *linked])
    count = -(-len(directory) // _SECTOR)
    first = len(fat)
    fat += [*range(first + 1, first + count), _END]
    table = pack(f"<{_SECTOR // 4}I", *fat, *[_FREE] * (_SECTOR // 4 - len(fat)))
    return _header(first) + table + sectors + directory.ljust(count * _SECTOR, b"\0")


def _header(directory: int) -> bytes:
    """Return the first sector: one sector of the allocation table, which is the first, and no mini stream."""
    version = pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    places = pack("<IIIIIIIIII", 0, 1, directory, 0, _LEAST, _END, 0, _END, 0, 0)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + version + bytes(6) + places
    return head.ljust(_SECTOR, b"\xff")


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    written = (name + "\0").encode("utf-16-le")
    links = pack("<III", _FREE, _FREE, _FREE)
    return (
        written.ljust(64, b"\0")
        + pack("<HBB", len(written), kind, 1)
        + links
        + bytes(36)
        + pack("<IQ", start, size)
    )


def _linked(entry: bytes, order: Sequence[int], at: int) -> bytes:
    """Put the numbers of siblings and children into an entry: all in a chain to the right, in their order."""
    right = _FREE
    if at:
        after = order.index(at) + 1
        right = order[after] if after < len(order) else _FREE
    return entry[:72] + pack("<I", right) + pack("<I", _FREE if at else order[0]) + entry[80:]


def xls(rows: Iterable[Sequence[str | float]], sheet: str = "Fees") -> bytes:
    """Make a workbook as Excel 97 wrote it (MS-XLS) with one sheet."""
    start = _record(0x809, pack("<HHHHII", 0x600, 5, 0, 0, 0, 6))
    named = pack("<BB", len(sheet), 0) + sheet.encode("ascii")
    at = len(start) + 4 + 6 + len(named) + 4
    globals_ = start + _record(0x85, pack("<IH", at, 0) + named) + _record(0x0A, b"")
    cells = b"".join(_biff8(row, column, value) for row, column, value in _filled(rows))
    begun = _record(0x809, pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6))
    return compound({"Workbook": globals_ + begun + cells + _record(0x0A, b"")})


def _filled(rows: Iterable[Sequence[str | float]]) -> Iterator[tuple[int, int, str | float]]:
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if value != "":
                yield at, column, value


def _biff8(row: int, column: int, value: str | float) -> bytes:
    place = pack("<HHH", row, column, 0)
    if isinstance(value, str):
        return _record(0x204, place + pack("<HB", len(value), 1) + value.encode("utf-16-le"))
    return _record(0x203, place + pack("<d", value))


def _record(kind: int, data: bytes) -> bytes:
    return pack("<HH", kind, len(data)) + data


def xlsb(rows: Iterable[Sequence[str | float]], sheet: str = "Fees") -> bytes:
    """Make a binary workbook (MS-XLSB) with one sheet."""
    book = _long(0x83, b"") + _long(0x8F, b"")
    book += (
        _long(0x9C, pack("<II", 0, 1) + _wide("rId1") + _wide(sheet)) + _long(0x90, b"") + _long(0x84, b"")
    )
    cells, last = b"", -1
    for row, column, value in _filled(rows):
        cells += _long(0x00, pack("<I", row) + bytes(13)) if row != last else b""
        place, last = pack("<II", column, 0), row
        cells += (
            _long(0x06, place + _wide(value))
            if isinstance(value, str)
            else _long(0x05, place + pack("<d", value))
        )
    size = _long(0x94, pack("<IIII", 0, max(0, last), 0, 2))
    page = _long(0x81, b"") + size + _long(0x91, b"") + cells + _long(0x92, b"") + _long(0x82, b"")
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    relation = f'<Relationship Id="rId1" Type="{kind}" Target="worksheets/sheet1.bin"/>'
    spaces = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    links = f"<Relationships {spaces}>{relation}</Relationships>"
    return zipped(
        {
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": links.encode(),
            "xl/worksheets/sheet1.bin": page,
        }
    )


def _long(kind: int, data: bytes) -> bytes:
    """Return a record of BIFF12; kinds of two bytes have their first with its high bit set."""
    written = bytes([kind]) if kind < 0x80 else bytes([kind, 0x01])
    size = len(data)
    return written + (bytes([size]) if size < 0x80 else bytes([size & 0x7F | 0x80, size >> 7])) + data


def _wide(text: str) -> bytes:
    return pack("<I", len(text)) + text.encode("utf-16-le")


def msg(subject: str, name: str, address: str, body: str) -> bytes:
    """Make a mail as Outlook stores it (MS-OXMSG)."""
    fields = {"0037": subject, "0C1A": name, "0C1F": address, "1000": body}
    values = {key: value.ljust(_LEAST // 2).encode("utf-16-le") for key, value in fields.items()}
    properties = bytes(32) + b"".join(
        pack("<HHIII", 0x1F, int(key, 16), 6, len(data) + 2, 0) for key, data in values.items()
    )
    return compound(
        {
            "__properties_version1.0": properties,
            **{f"__substg1.0_{key}001F": data for key, data in values.items()},
        }
    )
