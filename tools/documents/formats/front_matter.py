"""What stands above a text and describes it: YAML between dashes, TOML between pluses, or plain fields."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeAlias

import yaml

from tools.documents.dates import iso_date

Fields: TypeAlias = Mapping[str, str]

_LONGEST = 64 * 1024
_YAML = re.compile(r"\A---[ \t]*+\n(.*?)^(?:---|\.\.\.)[ \t]*+(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_TOML = re.compile(r"\A\+\+\+[ \t]*+\n(.*?)^\+\+\+[ \t]*+(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_PLAIN = re.compile(r"\A(?:[A-Za-z][\w -]{0,40}+:[ \t]++\S.*+\n(?:[ \t]++\S.*+\n)*+)++(?:\n|\Z)")
_LINE = re.compile(r"([A-Za-z][\w -]{0,40}):[ \t]+(\S.*(?:\n[ \t]+\S.*)*)")
_DATES = ("date", "published", "publishdate", "pubdate", "created", "updated", "lastmod", "last_updated")
_AUTHORS = ("author", "authors", "by", "creator")
_NAMES = ("name", "title", "full_name")
_KNOWN = frozenset({"title", *_DATES, *_AUTHORS})


def front_matter(text: str) -> tuple[Fields, str]:
    """Part the fields above a text from the text below; their names are in small letters.

    A list of names becomes one line. What cannot be read stays in the text.
    """
    for pattern, read in ((_YAML, _yaml), (_TOML, _toml), (_PLAIN, _plain)):
        found = pattern.match(text[:_LONGEST])
        fields = read(found[1] if found.re.groups else found[0]) if found else {}
        if found and fields:
            return fields, text[found.end() :].lstrip("\n")
    return {}, text


def described(fields: Fields) -> dict[str, str | None]:
    """Return title, author and ISO date as far as fields tell them."""
    days = (iso_date(fields[name]) for name in _DATES if name in fields)
    authors = (fields[name] for name in _AUTHORS if name in fields)
    return {
        "title": fields.get("title"),
        "author": next(authors, None),
        "published": next(filter(None, days), None),
    }


def _yaml(head: str) -> Fields:
    """Read YAML without making numbers or dates of its words."""
    try:
        found = yaml.load(head, Loader=yaml.CBaseLoader)  # noqa: S506 - it makes texts, lists and mappings only
    except (yaml.YAMLError, RecursionError):
        return {}
    return _fields(found)


def _toml(head: str) -> Fields:
    try:
        found = tomllib.loads(head)
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}
    return _fields(found)


def _plain(head: str) -> Fields:
    """Read lines such as `Title: Tide tables`, only where one of them is known to describe a text."""
    fields = {name.lower(): " ".join(value.split()) for name, value in _LINE.findall(head)}
    return fields if len(_KNOWN & fields.keys()) > 1 else {}


def _fields(found: object) -> Fields:
    if not isinstance(found, Mapping):
        return {}
    words = {str(name).lower(): _words(value) for name, value in found.items()}
    return {name: value for name, value in words.items() if value}


def _words(value: object) -> str:
    """Return a value on one line; of a person, the name."""
    if isinstance(value, Mapping):
        return next((_words(value[name]) for name in _NAMES if name in value), "")
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(filter(None, map(_words, value)))
    written = value.isoformat() if isinstance(value, date) else str(value)
    return " ".join(written.split())
