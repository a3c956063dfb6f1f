"""Let a model put claims into words, and keep its sentences only where their quotes support them."""

from __future__ import annotations

import re
from asyncio import to_thread
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pydantic import BaseModel

from graph.ports import Evidence, Writer
from graph.records import Branch, Claim, Draft, Label, Run, Verdict
from graph.report.excerpts import open_claims
from guards.outside_text import plain
from guards.wording.wording import Worded, WordingResult
from guards.wording.wording import worded as judged
from tools.models.prompted_role import ModelGateway, ModelRequest, ModelRole
from tools.models.prompts import prompt
from tools.models.roles.claim_listing import ListedClaims, Quoted, list_claims, quoted_words
from tools.models.roles.needed_claims import needed
from tools.models.roles.rewording import PROMPT as REWORDING
from tools.models.roles.rewording import UnsupportedSentence, reword
from tools.models.roles.wanted_form import wanted_form
from tools.models.roles.worded_answer import WordedSentence, drafted

LONGEST = 600
"""The most characters of a sentence that is taken from a model."""

_NOTHING = Worded(wording=WordingResult.REFUSED, reasons=("it says nothing",))
_TOO_LONG = Worded(wording=WordingResult.REFUSED, reasons=(f"it is longer than {LONGEST} characters",))
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

    A sentence that its quotes do not support is given back once to be reworded, and is then replaced by them.
    One that cannot be compared with them by its words stands beside them, labelled. What is disputed is shown
    in the words of its sources. A part for which the model writes nothing that holds keeps its quotes, and no
    part loses its likeliest claim.
    """

    def __init__(self, asks: ModelGateway, extractive: Writer, evidence: Evidence) -> None:
        self._asks = asks
        self._extractive = extractive
        self._evidence = evidence
        self._prompt = prompt(ModelRole.WRITER)
        prompt(REWORDING)

    async def write(
        self, run: Run, branches: Sequence[Branch], claims: Sequence[Claim], verdicts: Sequence[Verdict]
    ) -> Draft:
        """Compose sentences for each root branch; a root that no claim answers well enough gets none."""
        draft = await self._extractive.write(run, branches, claims, verdicts)
        quoted = await self._wordable(run, draft, claims, verdicts)
        if not quoted:
            return draft
        shown = list_claims(quoted)
        told = await self._asks.ask(run, self._prompted(run, branches, shown), Answer)
        if told is None:
            return draft
        texts = {claim.id: quoted_words(claim, excerpt) for claim, excerpt in quoted}
        made = await to_thread(_sentences, told, shown, texts, run.question)
        return drafted(draft, await self._reworded(run, made, shown), shown)

    async def _reworded(
        self, run: Run, made: Sequence[WordedSentence], shown: ListedClaims
    ) -> Sequence[WordedSentence]:
        """Ask once for other words where the quotes do not support a sentence."""
        astray = [at for at, one in enumerate(made) if one.text and one.is_refused]
        if not astray:
            return made
        departing = [
            UnsupportedSentence(text=made[at].text, quotes=made[at].quotes, reasons=made[at].judged.reasons)
            for at in astray
        ]
        again = await reword(self._asks, run, departing, shown)
        mended = {astray[number]: text for number, text in again.items() if number < len(astray)}
        return await to_thread(_mended, made, mended, run.question)

    async def _wordable(
        self, run: Run, draft: Draft, claims: Sequence[Claim], verdicts: Sequence[Verdict]
    ) -> tuple[Quoted, ...]:
        """Return the chosen claims that are one quote each, supported and undisputed, with their words."""
        known = {claim.id: claim for claim in claims if len(claim.spans) == 1}
        calm = {v.claim for v in verdicts if v.label is Label.SUPPORTED and not v.against}
        names = [name for section in draft.sections for name in section.claims]
        return await open_claims(self._evidence, run, [known[n] for n in names if n in calm and n in known])

    def _prompted(self, run: Run, branches: Sequence[Branch], shown: ListedClaims) -> ModelRequest:
        return ModelRequest(
            role=ModelRole.WRITER,
            prompt=self._prompt.tag,
            system=self._prompt.text,
            user=f"Question: {run.question}\n{_form(run.question)}{_parts(branches, shown)}\n\n{shown.text}",
            taint=shown.taint,
            private=shown.private,
            claims=len(shown.claims),
            parts=len({claim.root for claim in shown.claims}),
            most_tokens=4_096,
            streamed=True,
        )


def _form(question: str) -> str:
    wanted = wanted_form(question)
    return f"Form: {wanted}\n" if wanted else ""


def _parts(branches: Sequence[Branch], shown: ListedClaims) -> str:
    """Name each part of the question that has claims, with their numbers."""
    lines = []
    for branch in branches:
        numbers = [str(at) for at, claim in enumerate(shown.claims, start=1) if claim.root == branch.id]
        if numbers:
            lines.append(f"Part: {branch.question.value} (claims {', '.join(numbers)})")
    return "\n".join(lines)


def _sentences(
    told: Answer, shown: ListedClaims, texts: Mapping[str, str], asked: str
) -> Sequence[WordedSentence]:
    return [one for written in told.sentences if (one := _sentence(written, shown, texts, asked))]


def _mended(
    sentences: Sequence[WordedSentence], texts: Mapping[int, str], asked: str
) -> Sequence[WordedSentence]:
    return [_said(one, texts[at], asked) if at in texts else one for at, one in enumerate(sentences)]


def _sentence(
    written: Written, shown: ListedClaims, texts: Mapping[str, str], asked: str
) -> WordedSentence | None:
    """Read a sentence with the claims of one part that it rests on; None where it rests on none."""
    known = [shown.claims[at - 1] for at in dict.fromkeys(written.claims) if 0 < at <= len(shown.claims)]
    basis = tuple(claim for claim in known if claim.root == known[0].root)
    if not basis:
        return None
    quotes = [texts[claim.id] for claim in basis]
    kept = needed(written.text, quotes)
    resting = tuple(basis[at] for at in kept)
    said = tuple(quotes[at] for at in kept)
    return _said(WordedSentence(text="", basis=resting, quotes=said, judged=_NOTHING), written.text, asked)


def _said(sentence: WordedSentence, text: str, asked: str) -> WordedSentence:
    """Return a sentence with this text, judged against its quotes."""
    said = _MARKS.sub("", plain(text)).strip()
    if len(said) > LONGEST:
        return replace(sentence, text=said[:LONGEST], judged=_TOO_LONG)
    return replace(sentence, text=said, judged=judged(said, sentence.quotes, asked))
