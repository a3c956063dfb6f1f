"""Let a model put claims into words, and keep its words only where their quotes hold them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from pydantic import BaseModel

from graph.excerpts import open_claims
from graph.ports import Evidence, Writer
from graph.records import Branch, Claim, Draft, Label, Run, Section, Verdict
from guards.untrusted import plain
from guards.wording import is_wording_covered
from tools.models.asking import Asks, ModelRole, Prompted
from tools.models.prompts import prompt
from tools.models.roles.claims import worded
from tools.models.roles.listed import Listed, Quoted, listed, words

LONGEST = 600
"""The most characters of a sentence that is taken from a model."""

_MARKS = re.compile(r"(?<!\s)\s*+\[\d++(?:\s*+[,;-]\s*+\d++)*+\]")


class Written(BaseModel):
    """Write one sentence; `claims` are the numbers of the claims it rests on."""

    text: str
    claims: list[int]


class Answer(BaseModel):
    """Write the answer, in reading order."""

    sentences: list[Written]


class ModelWriter:
    """Ask a model to write from what the extractive writer chose; hold no tools.

    A sentence whose words its quotes do not hold gives way to those quotes. What is disputed is shown in the
    words of its sources. A part the model writes nothing for keeps its quotes.
    """

    def __init__(self, asks: Asks, extractive: Writer, evidence: Evidence) -> None:
        self._asks = asks
        self._extractive = extractive
        self._evidence = evidence
        self._prompt = prompt(ModelRole.WRITER)

    async def write(
        self, run: Run, branches: Sequence[Branch], claims: Sequence[Claim], verdicts: Sequence[Verdict]
    ) -> Draft:
        """Compose sentences for each root branch; a root that no claim answers well enough gets none."""
        draft = await self._extractive.write(run, branches, claims, verdicts)
        quoted = await self._wordable(run, draft, claims, verdicts)
        if not quoted:
            return draft
        shown = listed(quoted)
        told = await self._asks.ask(run, self._prompted(run, branches, shown), Answer)
        return _worded(draft, told, shown, quoted) if told else draft

    async def _wordable(
        self, run: Run, draft: Draft, claims: Sequence[Claim], verdicts: Sequence[Verdict]
    ) -> tuple[Quoted, ...]:
        """Return the chosen claims that are one quote each, supported and undisputed, with their words."""
        known = {claim.id: claim for claim in claims if len(claim.spans) == 1}
        calm = {v.claim for v in verdicts if v.label is Label.SUPPORTED and not v.against}
        names = [name for section in draft.sections for name in section.claims]
        return await open_claims(self._evidence, run, [known[n] for n in names if n in calm and n in known])

    def _prompted(self, run: Run, branches: Sequence[Branch], shown: Listed) -> Prompted:
        return Prompted(
            role=ModelRole.WRITER,
            prompt=self._prompt.tag,
            system=self._prompt.text,
            user=f"Question: {run.question}\n{_parts(branches, shown)}\n\n{shown.text}",
            taint=shown.taint,
            private=shown.private,
            claims=len(shown.claims),
            parts=len({claim.root for claim in shown.claims}),
            most_tokens=4_096,
            streamed=True,
        )


def _parts(branches: Sequence[Branch], shown: Listed) -> str:
    """Name each part of the question that has claims, with their numbers."""
    lines = []
    for branch in branches:
        numbers = [str(at) for at, claim in enumerate(shown.claims, start=1) if claim.root == branch.id]
        if numbers:
            lines.append(f"Part: {branch.question.value} (claims {', '.join(numbers)})")
    return "\n".join(lines)


def _worded(draft: Draft, told: Answer, shown: Listed, quoted: Sequence[Quoted]) -> Draft:
    texts = {claim.id: words(claim, excerpt) for claim, excerpt in quoted}
    made = [claim for written in told.sentences for claim in _claims(written, shown, texts)]
    wordable = {claim.id for claim in shown.claims}
    sections = tuple(_section(section, made, wordable) for section in draft.sections)
    return Draft(sections=sections, written=tuple(_once(claim for claim in made if claim.text)))


def _claims(written: Written, shown: Listed, texts: Mapping[str, str]) -> Sequence[Claim]:
    """Return the claim a sentence makes, or those it rests on where it says more than they do."""
    known = [shown.claims[at - 1] for at in dict.fromkeys(written.claims) if 0 < at <= len(shown.claims)]
    basis = [claim for claim in known if claim.root == known[0].root]
    text = plain(_MARKS.sub("", written.text))
    quotes = [texts[claim.id] for claim in basis]
    if not basis or [text] == [plain(quote) for quote in quotes] or len(text) > LONGEST:
        return basis
    return [worded(text, basis)] if is_wording_covered(text, quotes).allowed else basis


def _section(section: Section, made: Sequence[Claim], wordable: set[str]) -> Section:
    """Put what was written in the place of what could be worded; the rest follows as it stood."""
    mine = dict.fromkeys(claim.id for claim in made if claim.root == section.root)
    if not mine:
        return section
    kept = [name for name in section.claims if name not in wordable]
    return Section(root=section.root, claims=(*mine, *kept))


def _once(claims: Iterable[Claim]) -> Iterable[Claim]:
    return {claim.id: claim for claim in claims}.values()
