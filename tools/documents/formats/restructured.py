"""Texts in reStructuredText, with or without the fields above a PEP."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, ClassVar, cast

from docutils import nodes
from docutils.core import publish_doctree
from docutils.parsers.rst import Directive, directives, languages, roles

from graph.outline import PartKind
from tools.documents.dates import dated_line
from tools.documents.decode import decode
from tools.documents.formats.front_matter import described, front_matter
from tools.documents.formats.grid import Grid, Row, write
from tools.documents.normalise import normalise
from tools.documents.parsed import Parsed
from tools.documents.text_builder import TextBuilder
from tools.superscripts import subscript, superscript

_ROLE = re.compile(r":([A-Za-z][\w:.+-]{0,60}):`")
_DIRECTIVE = re.compile(r"^[^\S\n]*+\.\. ([A-Za-z][\w:-]{0,60})::", re.MULTILINE)
_TARGET = re.compile(r"[~!]?([^<>]{1,500}?)\s*<[^<>]{1,500}>")
_SETTINGS = {
    "report_level": 5,
    "halt_level": 5,
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "_disable_config": True,
    "line_length_limit": 100_000,
    "smart_quotes": False,
}
_SILENT = frozenset({"toctree", "index", "currentmodule", "highlight", "module", "contents", "sectnum"})


_ENGLISH = languages.get_language("en")
_KNOWN_ROLES = frozenset(_ENGLISH.roles)
_KNOWN_DIRECTIVES = frozenset(_ENGLISH.directives)


class _Block(Directive):
    """Stand in for a directive that docutils does not know: its arguments and what it holds are shown."""

    has_content = True
    optional_arguments = 100
    final_argument_whitespace = True
    option_spec: ClassVar[Any] = None

    def run(self) -> list[nodes.Node]:
        """Return the arguments as a paragraph, then the content."""
        if self.name in _SILENT:
            return []
        box = nodes.container()
        if self.arguments:
            box += nodes.paragraph(text=" ".join(self.arguments))
        content = [line for line in self.content if not re.match(r":[\w-]+:", line)]
        lines = type(self.content)(content, items=[(self.name, at) for at in range(len(content))])
        self.state.nested_parse(lines, self.content_offset, box)
        return [box]


def _inline(
    _name: str, raw: str, text: str, *_context: object
) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    """Stand in for a role that docutils does not know: the words of a reference, not its target."""
    found = _TARGET.fullmatch(text)
    return [nodes.literal(raw, found[1] if found else text.lstrip("~!"))], []


def parse(data: bytes) -> Parsed:
    """Write sections, paragraphs, lists, definitions, tables and code in order."""
    fields, body = front_matter(normalise(decode(data)))
    facts = described(fields)
    _learn(body)
    tree = publish_doctree(body, settings_overrides=_SETTINGS)
    text = TextBuilder()
    _RstWriter(text).children(tree, 1)
    return text.build(
        title=facts["title"] or (tree.get("title") or None),
        author=facts["author"],
        published=facts["published"] or dated_line(body),
    )


def _learn(body: str) -> None:
    """Let roles and directives that a text uses and docutils lacks be read as what they show."""
    for name in {name.lower() for name in _ROLE.findall(body)} - _KNOWN_ROLES:
        roles.register_local_role(name, cast("Any", _inline))
    for name in {name.lower() for name in _DIRECTIVE.findall(body)} - _KNOWN_DIRECTIVES:
        directives.register_directive(name, _Block)


class _RstWriter:
    """Write the nodes of a document into a text."""

    def __init__(self, text: TextBuilder) -> None:
        self._text = text
        self._actions: dict[type[nodes.Node], Callable[[Any, int], None]] = {
            nodes.section: lambda node, level: self.children(node, level + 1),
            nodes.title: self._title,
            nodes.subtitle: lambda node, level: self._text.heading(said(node), level + 1),
            nodes.paragraph: lambda node, _: self._text.add(said(node)),
            nodes.literal_block: lambda node, _: self._text.code(node.astext()),
            nodes.doctest_block: lambda node, _: self._text.code(node.astext()),
            nodes.bullet_list: lambda node, _: self._list(node, 0),
            nodes.enumerated_list: lambda node, _: self._list(node, 0),
            nodes.definition_list_item: self._definition,
            nodes.field: self._field,
            nodes.table: self._table,
            nodes.caption: lambda node, _: self._text.add(said(node), PartKind.CAPTION),
            nodes.footnote: lambda node, _: self._text.add(said(node)),
            nodes.citation: lambda node, _: self._text.add(said(node), PartKind.REFERENCE),
            nodes.line_block: lambda node, _: self._text.add("\n".join(said(line) for line in node)),
        }
        for silent in (nodes.comment, nodes.system_message, nodes.substitution_definition, nodes.target):
            self._actions[silent] = lambda _, __: None

    def children(self, node: nodes.Element, level: int) -> None:
        """Add what the children of a node say."""
        for child in node.children:
            self._node(child, level)

    def _node(self, node: nodes.Node, level: int) -> None:
        if action := self._actions.get(type(node)):
            action(node, level)
        elif isinstance(node, nodes.Element):
            self.children(node, level)

    def _title(self, node: nodes.title, level: int) -> None:
        if isinstance(node.parent, nodes.section | nodes.document):
            self._text.heading(said(node), level)
        else:
            self._text.add(said(node), PartKind.CAPTION)

    def _list(self, node: nodes.Element, depth: int) -> None:
        start = int(node.get("start", 1))
        for number, item in enumerate(node.children, start=start):
            mark = f"{number}." if isinstance(node, nodes.enumerated_list) else ""
            for at, child in enumerate(item.children):
                if isinstance(child, nodes.bullet_list | nodes.enumerated_list):
                    self._list(child, depth + 1)
                elif isinstance(child, nodes.literal_block):
                    self._text.code(child.astext())
                elif at == 0:
                    self._text.item(said(child), mark, depth)
                else:
                    self._text.more(said(child))

    def _definition(self, node: nodes.definition_list_item, level: int) -> None:
        terms = ", ".join(said(child) for child in node.children if isinstance(child, nodes.term))
        told = [
            each for child in node.children if isinstance(child, nodes.definition) for each in child.children
        ]
        worded = bool(told) and isinstance(told[0], nodes.paragraph)
        self._text.item(f"{terms}: {said(told[0])}" if worded else terms)
        for each in told[worded:]:
            self._node(each, level)

    def _field(self, node: nodes.field, _: int) -> None:
        name, body = (said(child) for child in node.children)
        self._text.row((name,), (body,))

    def _table(self, node: nodes.table, _: int) -> None:
        for title in node.findall(nodes.title):
            self._text.add(said(title), PartKind.CAPTION)
        heads = [row for head in node.findall(nodes.thead) for row in head.children]
        rows = [list(_cells(row)) for row in node.findall(nodes.row)]
        write(self._text, Grid(rows=rows, headers=len(heads)))


def _cells(row: nodes.row) -> Row:
    return [said(cell) for cell in row.children for _ in range(1 + _more(cell))]


def _more(cell: nodes.Node) -> int:
    """Count the columns that a cell covers besides its own."""
    return int(cell.get("morecols", 0)) if isinstance(cell, nodes.Element) else 0


def said(node: nodes.Node) -> str:
    """Return the words of a node: powers as powers, footnote marks apart from words."""
    if isinstance(node, nodes.superscript | nodes.subscript):
        write_ = superscript if isinstance(node, nodes.superscript) else subscript
        return write_(node.astext())
    if isinstance(node, nodes.footnote_reference | nodes.citation_reference):
        return f"[{node.astext()}]"
    if isinstance(node, nodes.Element) and not isinstance(node, nodes.image | nodes.label):
        apart = nodes.entry | nodes.footnote | nodes.citation | nodes.field_body
        joint = " " if isinstance(node, apart) else ""
        return joint.join(filter(None, (said(child) for child in node.children)))
    return "" if isinstance(node, nodes.Element) else node.astext()
