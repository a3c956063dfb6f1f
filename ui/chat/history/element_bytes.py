"""Read the bytes of an element."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from chainlit.element import CustomElement, Element

from graph.errors import AttestError, Refused, Unavailable, Unusable

MOST_BYTES = 50 * 1024 * 1024


async def bytes_of(element: Element, most: int) -> tuple[bytes | None, AttestError | None]:
    """Return the bytes of an element, and the reason where they are missing.

    An element that is only an address has none: it is not fetched.
    """
    try:
        if element.path:
            return await asyncio.to_thread(_read, Path(element.path), element.name, most), None
        return _held(element, most), None
    except AttestError as error:
        return None, error
    except OSError as error:
        return None, Unavailable(f"cannot read {element.name} ({error.strerror}): send it again")


def _held(element: Element, most: int) -> bytes | None:
    # The content of a custom element is what it was made with; its props are what it shows now.
    content = json.dumps(element.props) if isinstance(element, CustomElement) else element.content
    if content is None:
        return None
    held = _encoded(content, element.name) if isinstance(content, str) else bytes(content)
    _fits(len(held), element.name, most)
    return held


def _encoded(text: str, name: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise Unusable(f"{name} holds half of a character, which no file can: send it without") from error


def _read(path: Path, name: str, most: int) -> bytes:
    _fits(path.stat().st_size, name, most)
    return path.read_bytes()


def _fits(size: int, name: str, most: int) -> None:
    if size > most:
        raise Refused(f"{name} has {size:,} bytes and at most {most:,} are kept: send a smaller one")
