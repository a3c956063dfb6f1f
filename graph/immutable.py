"""Keep records immutable across storage."""

from __future__ import annotations

from typing import ClassVar


class Frozen:
    """Turn the lists that msgpack gives back into the tuples that were stored."""

    __slots__: ClassVar[tuple[str, ...]] = ()

    def __post_init__(self) -> None:
        for name in self.__slots__:
            value = getattr(self, name)
            if type(value) is list:
                object.__setattr__(self, name, tuple(value))
