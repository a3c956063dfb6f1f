"""Choose and order verbatim claims, or none where the sources do not say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.records import Branch, Claim, Draft, Label, Run, Section, Verdict
from tools.models.extractive.calibration import calibration


class ExtractiveWriter:
    """Answer each root question with its claims, or with none; hold no tools."""

    async def write(
        self,
        run: Run,  # noqa: ARG002 - the Protocol's; the claims answer it already
        branches: Sequence[Branch],
        claims: Sequence[Claim],
        verdicts: Sequence[Verdict],
    ) -> Draft:
        """Make one section for each root branch; a root that no claim answers well enough gets none."""
        judged = {verdict.claim: verdict for verdict in verdicts}
        roots = [branch.id for branch in branches if branch.id == branch.root]
        by_root = {root: [claim for claim in claims if claim.root == root] for root in roots}
        return Draft(
            sections=tuple(Section(root=root, claims=tuple(_chosen(by_root[root], judged))) for root in roots)
        )


def _chosen(claims: Sequence[Claim], judged: Mapping[str, Verdict]) -> list[str]:
    """Return the ids to show in the reader's order, each behind the stronger claims it conflicts with."""
    if not claims or max(claim.relevance for claim in claims) < calibration().answer:
        return []
    shown = _once([claim.id for claim in claims if _stands(judged.get(claim.id), judged)], judged)
    places = {name: at for at, name in enumerate(shown)}
    return sorted(shown, key=lambda name: _place(name, places, judged))


def _once(names: Sequence[str], judged: Mapping[str, Verdict]) -> list[str]:
    """Leave out what says the same as an earlier claim: one claim cites both."""
    kept: list[str] = []
    for name in names:
        if not set(judged[name].same) & set(kept):
            kept.append(name)
    return kept


def _stands(verdict: Verdict | None, judged: Mapping[str, Verdict]) -> bool:
    """Drop what is unverified, and an older edition's claim: what speaks against it does not name it back."""
    if verdict is None or verdict.label is Label.UNVERIFIED:
        return False
    rivals = [judged[other] for other in verdict.against if other in judged]
    superseded = any(verdict.claim not in rival.against for rival in rivals)
    return verdict.label is Label.SUPPORTED or not superseded


def _place(name: str, places: Mapping[str, int], judged: Mapping[str, Verdict]) -> tuple[int, int]:
    mine = judged[name]
    stronger = [
        places[other]
        for other in mine.against
        if other in places and judged[other].confidence > mine.confidence
    ]
    return max([places[name], *stronger]), places[name] if not stronger else len(places)
