"""Convert values for PostgreSQL and back as SQLite would: whole numbers stay whole, every text is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from psycopg.adapt import Loader
from psycopg.pq import Format
from psycopg.types.numeric import Int8BinaryDumper, NumericBinaryLoader, NumericLoader
from psycopg.types.string import StrDumperUnknown

if TYPE_CHECKING:
    from decimal import Decimal

    from psycopg import Connection
    from psycopg.abc import Buffer

_ESCAPE = "\ue0ff"
"""A private character, doubled where it stands for itself: PostgreSQL refuses NUL in a text."""
_NUL, _ITSELF = f"{_ESCAPE}0", f"{_ESCAPE}1"
_ESCAPE_BYTES = _ESCAPE.encode()


def adapt(connection: Connection[Any]) -> None:
    """Register these conversions on one connection."""
    adapters = connection.adapters
    adapters.register_dumper(str, TextDumper)
    adapters.register_dumper(int, Int8BinaryDumper)
    for name in ("text", "varchar"):
        adapters.register_loader(name, TextLoader)
        adapters.register_loader(name, TextBinaryLoader)
    adapters.register_loader("numeric", SumLoader)
    adapters.register_loader("numeric", SumBinaryLoader)


class TextDumper(StrDumperUnknown):
    """Write a text with its NULs escaped."""

    def dump(self, obj: str) -> Buffer | None:
        """Return the bytes of a text."""
        if "\0" in obj or _ESCAPE in obj:
            obj = obj.replace(_ESCAPE, _ITSELF).replace("\0", _NUL)
        return obj.encode()


class TextLoader(Loader):
    """Read a text and restore its NULs."""

    def load(self, data: Buffer) -> str:
        """Return the text of the bytes."""
        content = bytes(data)
        text = content.decode()
        if _ESCAPE_BYTES in content:
            return text.replace(_NUL, "\0").replace(_ITSELF, _ESCAPE)
        return text


class TextBinaryLoader(TextLoader):
    """Read a text from a binary row."""

    format = Format.BINARY


class SumLoader(NumericLoader):
    """Read a sum of whole numbers, which PostgreSQL returns as a decimal."""

    def load(self, data: Buffer) -> Any:  # noqa: ANN401 - the driver's own reads a Decimal
        """Return an int, or a float for a fraction."""
        return _number(super().load(data))


class SumBinaryLoader(NumericBinaryLoader):
    """Read a sum from a binary row."""

    def load(self, data: Buffer) -> Any:  # noqa: ANN401 - the driver's own reads a Decimal
        """Return an int, or a float for a fraction."""
        return _number(super().load(data))


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
