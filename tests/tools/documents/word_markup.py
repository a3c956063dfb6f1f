"""Word documents made of markup on the spot."""

from __future__ import annotations

import re

from tests.tools.documents.samples import docx, unpacked, zipped
from tools.documents.formats.table import parse

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def body(markup: str, **parts: str) -> bytes:
    """Return a document with a body of markup, and other parts by their kind, such as `footnotes`."""
    relations = "".join(
        f'<Relationship Id="x{kind}" Type="{KINDS}/{kind}" Target="{kind}.xml"/>' for kind in parts
    )
    data = unpacked(docx())
    rest = data["word/_rels/document.xml.rels"].decode()
    for kind in parts:
        rest = re.sub(rf'<Relationship [^>]*/{kind}"[^>]*/>', "", rest)
    data["word/_rels/document.xml.rels"] = rest.replace(
        "</Relationships>", f"{relations}</Relationships>"
    ).encode()
    types = "".join(
        f'<Override PartName="/word/{kind}.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        f'wordprocessingml.{kind}+xml"/>'
        for kind in parts
        if f"/word/{kind}.xml" not in data["[Content_Types].xml"].decode()
    )
    data["[Content_Types].xml"] = data["[Content_Types].xml"].replace(
        b"</Types>", f"{types}</Types>".encode()
    )
    for kind, content in parts.items():
        data[f"word/{kind}.xml"] = content.encode()
    data["word/document.xml"] = (
        f'<w:document {W} xmlns:m="{M}"><w:body>{markup}</w:body></w:document>'.encode()
    )
    return zipped(data)


def p(*runs: str, style: str = "") -> str:
    """Write a paragraph of runs; what begins with `<` is markup."""
    return f"<w:p>{style}{''.join(run if run.startswith('<') else r(run) for run in runs)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def read(markup: str, **parts: str) -> str:
    return parse(".docx", body(markup, **parts)).text


def listed(number: int, depth: int = 0) -> str:
    return f'<w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text) if text else '<w:p/>'}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"
