"""Read a file of cases: questions a team asks of its own documents, and what the answers must hold."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator
from pydantic_core import ErrorDetails

from graph.errors import Misconfigured

MOST_BYTES = 4_000_000

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Name = Annotated[str, StringConstraints(pattern=r"^[\w-][\w .-]*\.[A-Za-z0-9]+$", max_length=120)]


class EvalCase(BaseModel):
    """Hold a question, the facts its answer must hold and what it must not say.

    A fact is a text, or a list of texts of which one must stand in the answer. `answerable: false` means
    that the documents do not answer, so the answer must be silent. `cites` names documents of which one must
    be cited.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Text | None = None
    question: Text
    facts: tuple[Text | tuple[Text, ...], ...] = ()
    must_not_say: tuple[Text, ...] = ()
    cites: tuple[Text, ...] = ()
    answerable: bool = True

    @model_validator(mode="after")
    def _asks_for_something(self) -> EvalCase:
        if self.answerable and not (self.facts or self.cites or self.must_not_say):
            raise ValueError("say what the answer must hold: facts, cites or must_not_say")
        if not self.answerable and (self.facts or self.cites):
            raise ValueError("a question that is not answerable has no facts and no cites")
        return self

    @property
    def must(self) -> tuple[tuple[str, ...], ...]:
        """Return each fact as the texts of which one must stand in the answer."""
        return tuple((fact,) if isinstance(fact, str) else fact for fact in self.facts)


class CaseFile(BaseModel):
    """Hold documents and the cases about them.

    `documents` names a file or a folder beside the case file, or several, or holds texts by their file name.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    documents: Text | tuple[Text, ...] | dict[Name, Text] = Field(min_length=1)
    cases: tuple[EvalCase, ...] = Field(min_length=1)


def read_cases(path: Path) -> CaseFile:
    """Read a file of cases, YAML or JSON; raises Misconfigured, with the place, for what cannot be used."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Misconfigured(f"{path}: a file of cases has at most {MOST_BYTES:,} bytes")
        return CaseFile.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        raise Misconfigured(f"{path}: this file cannot be read ({error})") from error
    except yaml.YAMLError as error:
        raise Misconfigured(f"{path}: this is neither YAML nor JSON ({error})") from error
    except RecursionError as error:
        raise Misconfigured(f"{path}: this is nested too deeply") from error
    except ValidationError as error:
        raise Misconfigured(f"{path}: {_first(error)}\n{_more(error)}".rstrip()) from error


def documents_of(file: CaseFile, beside: Path, scratch: Path) -> tuple[Path, ...]:
    """Return the documents of a file that lies in a folder; texts are written into a scratch folder.

    Raises Misconfigured for a document that does not exist.
    """
    if isinstance(file.documents, dict):
        for name, text in file.documents.items():
            (scratch / name).write_text(text, encoding="utf-8")
        return (scratch,)
    named = (file.documents,) if isinstance(file.documents, str) else file.documents
    found = tuple((beside / name).resolve() for name in named)
    for name, path in zip(named, found, strict=True):
        if not path.exists():
            raise Misconfigured(f"documents: there is no {name} beside the file of cases")
    return found


def _first(error: ValidationError) -> str:
    return _told(error.errors()[0])


def _more(error: ValidationError) -> str:
    count = error.error_count() - 1
    return f"({count} more like it)" if count else ""


def _told(fault: ErrorDetails) -> str:
    """Tell where a fault stands, cases counted from 1, and what it is."""
    place = fault["loc"]
    at = place[1] if place[:1] == ("cases",) and len(place) > 1 else None
    where = f"case {at + 1}" if isinstance(at, int) else ""
    field = ".".join(str(part) for part in (place[2:] if where else place))
    return ": ".join(part for part in (where, field, fault["msg"].removeprefix("Value error, ")) if part)
