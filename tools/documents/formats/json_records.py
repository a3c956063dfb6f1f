"""JSON, and JSON line by line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO

from graph.errors import Unusable
from tools.documents.decode import decode
from tools.documents.overtime import OUT_OF_TIME, in_time
from tools.documents.parsed import Parsed
from tools.documents.text_builder import TextBuilder

_TITLES = ("title", "name")


def parse(data: bytes) -> Parsed:
    """Write each record as a row, and each value of an object under the names it lies below.

    Raises Unusable for what is neither JSON nor a record on each line.
    """
    written = decode(data)
    try:
        value = json.loads(written)
    except ValueError:
        value = list(_lines(written))
    except RecursionError as error:
        raise Unusable("its values lie too deep in one another") from error
    text = TextBuilder()
    _, late = in_time(lambda: _write(text, value, 0))
    title = _title(value)
    return text.build(title=title, missing=f"{OUT_OF_TIME} before its end" if late else "", late=late)


def _title(value: object) -> str | None:
    fields = value if isinstance(value, Mapping) else {}
    return next((fields[name] for name in _TITLES if isinstance(fields.get(name), str)), None)


def _lines(written: str) -> Iterator[object]:
    """Yield the record of each line."""
    for number, line in enumerate(StringIO(written), start=1):
        if line.strip():
            try:
                yield json.loads(line)
            except (ValueError, RecursionError) as error:
                raise Unusable(f"it is damaged or no JSON (line {number})") from error


def _write(text: TextBuilder, value: object, level: int) -> None:
    if isinstance(value, Mapping):
        _object(text, value, level)
    elif isinstance(value, list):
        _list(text, value)
    else:
        text.add(_shown(value))


def _object(text: TextBuilder, value: Mapping[str, object], level: int) -> None:
    """Write plain values first, each on a line, then what holds more under its name."""
    inner: list[tuple[str, object]] = []
    for name, each in value.items():
        if _is_plain(each):
            text.row((name,), (_shown(each),))
        else:
            inner.append((name, each))
    for name, each in inner:
        text.section(name, level + 1)
        _write(text, each, level + 1)


def _list(text: TextBuilder, values: Sequence[object]) -> None:
    """Write records as rows, all else one below the other."""
    for number, each in enumerate(values, start=1):
        if isinstance(each, Mapping):
            fields = dict(_fields(each))
            text.row(tuple(fields), tuple(fields.values()), number)
        elif isinstance(each, list):
            text.row(("",), (_shown(each),), number)
        else:
            text.item(_shown(each))


def _fields(record: Mapping[str, object], above: str = "") -> Iterator[tuple[str, str]]:
    """Yield the values of a record, those that lie deeper under a name such as `author.name`."""
    for name, value in record.items():
        if isinstance(value, Mapping):
            yield from _fields(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", _shown(value)


def _is_plain(value: object) -> bool:
    lines = value if isinstance(value, list) else ()
    return not isinstance(value, Mapping) and all(not isinstance(each, Mapping | list) for each in lines)


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(_shown, _flat(value)))
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {said}" for name, said in _fields(value))
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _flat(values: Iterable[object]) -> Iterator[object]:
    for value in values:
        yield from _flat(value) if isinstance(value, list) else (value,)
