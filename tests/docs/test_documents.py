"""The documents hold together, and hold nothing of the machine they were written on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.pages import PACKAGES, ROOT, documents, kept, name_of

LINK = re.compile(r"\]\((?!\w+:)(?P<path>[^)#\s]*)(?:#(?P<anchor>[^)\s]+))?\)")
MACHINE = re.compile(r"(?<![\w.~>}/-])/(?:work|root|home|tmp|mnt|var/tmp)(?![\w-])")
# In halves, so that this file does not hold what it looks for.
REGISTRIES = tuple("".join(halves) for halves in (("pypi", ".org"), ("python", "hosted"), ("npm", "js.")))
NAMED = re.compile(r"`([\w/]+\.py)`")


def anchors(text: str) -> set[str]:
    """Return what a heading can be linked by."""
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", documents(), ids=name_of)
def test_every_link_leads_somewhere(path: Path) -> None:
    """A relative link leads to a file of the repository, and to a heading in it."""
    for link in LINK.finditer(path.read_text(encoding="utf-8")):
        target = (path.parent / link["path"]).resolve() if link["path"] else path
        assert target.exists(), link[0]
        assert not link["anchor"] or link["anchor"] in anchors(target.read_text(encoding="utf-8")), link[0]


@pytest.mark.parametrize("path", [*documents(), ROOT / ".env.example", ROOT / ".ci" / "run"], ids=name_of)
def test_no_document_names_a_machine_path(path: Path) -> None:
    """What the documents say holds on any machine."""
    assert MACHINE.findall(path.read_text(encoding="utf-8")) == []


def test_no_file_names_a_package_registry() -> None:
    """Where packages come from is the choice of whoever installs them."""
    named = [
        (name_of(path), host)
        for path in kept()
        for host in REGISTRIES
        if host in path.read_bytes().decode(errors="replace")
    ]
    assert named == []


@pytest.mark.parametrize("package", PACKAGES)
def test_every_package_explains_itself(package: str) -> None:
    """A package has a README that says what lives there and why."""
    text = (ROOT / package / "README.md").read_text(encoding="utf-8")
    assert {"what-lives-here", "why"} <= anchors(text)


@pytest.mark.parametrize(
    "path", [path for path in documents() if path.parent != ROOT and path.name == "README.md"], ids=name_of
)
def test_a_table_names_files_that_exist(path: Path) -> None:
    """A file that is renamed or removed is renamed or removed in the README beside it."""
    folders = (path.parent, ROOT)
    lost = [
        name
        for name in NAMED.findall(path.read_text(encoding="utf-8"))
        if not any((folder / name).is_file() for folder in folders)
    ]
    assert lost == []


def test_every_module_is_named_in_a_table() -> None:
    """A file that is added is explained: its README names it, or the one above."""
    unnamed = [
        name_of(path)
        for path in kept()
        if path.suffix == ".py" and path.name != "__init__.py" and path.relative_to(ROOT).parts[0] in PACKAGES
        if not any(_names(folder, path) for folder in path.parents if folder != ROOT)
    ]
    assert unnamed == []


def _names(folder: Path, path: Path) -> bool:
    page = folder / "README.md"
    return page.is_file() and f"`{path.relative_to(folder).as_posix()}`" in page.read_text(encoding="utf-8")
