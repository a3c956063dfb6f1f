"""Write the answer of a report as Markdown: its lists, rows and code as such, and nothing that acts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from guards.wording.wording_label import labelled
from ui.report.answer_parts import AnswerSentence, parts, sentence_lines
from ui.report.cited_place import keys_of, numbers
from ui.report.markdown_escaping import fenced, phrase
from ui.report.readable_lines import BULLET, LineKind, ReadableLine

Report = Mapping[str, Any]


def answer_markdown(report: Report) -> str:
    """Return the answer, one block a line of inquiry or sentence."""
    numbered = numbers(report)
    return "\n\n".join(_blocks(report, numbered))


def lines_markdown(lines: Sequence[ReadableLine], marks: str = "") -> str:
    """Write lines as Markdown, with the citation numbers at the end of the last that is no code."""
    prose = [at for at, line in enumerate(lines) if line.kind is not LineKind.CODE]
    last = prose[-1] if prose else -1
    written = [(line, f" {marks}".rstrip() if at == last else "") for at, line in enumerate(lines)]
    groups = groupby(written, lambda each: _look(each[0]))
    blocks = [_block(look, list(group)) for look, group in groups]
    return "\n\n".join([*blocks, *([marks] if marks and not prose else [])])


def _blocks(report: Report, numbered: Mapping[Any, int]) -> Iterator[str]:
    for part in parts(report):
        if part.question:
            yield f"**{phrase(part.question)}**"
        for sentence in part.sentences:
            yield lines_markdown(sentence_lines(report, sentence), _marks(report, sentence, numbered))


def _marks(report: Report, sentence: AnswerSentence, numbered: Mapping[Any, int]) -> str:
    if not sentence.claim:
        return ""
    claim = report["claims"][sentence.claim - 1]
    marks = "".join(f"[{number}]" for number in dict.fromkeys(numbered[key] for key in keys_of(claim)))
    return labelled(marks, unchecked=claim.get("wording") == "unchecked")


def _look(line: ReadableLine) -> str:
    """Tell the blocks of Markdown apart: bullets, numbers, code, and paragraphs."""
    if line.kind is LineKind.ITEM:
        return "bullets" if line.mark == BULLET else "numbers"
    return {LineKind.ROW: "bullets", LineKind.CODE: "code"}.get(line.kind, "paragraph")


def _block(look: str, lines: Sequence[tuple[ReadableLine, str]]) -> str:
    if look == "code":
        return fenced("\n".join(line.text for line, _ in lines))
    leads = {"bullets": "- ", "paragraph": ""}
    return "\n".join(f"{leads.get(look, f'{line.mark} ')}{phrase(line.text)}{marks}" for line, marks in lines)
