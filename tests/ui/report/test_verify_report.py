"""What is wrong with a report is found and named."""

import copy
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from graph.records import source_id
from guards.claims.citations import verify_report
from guards.claims.findings import FindingKind
from guards.claims.report_claims import claims_of, is_verbatim
from guards.wording.wording_label import labelled
from tests.ui.report import examples
from tests.ui.report.examples import ALPHA, BETA, GAMMA

Report = dict[str, Any]
Spoil = Callable[[Report, dict[str, bytes | None]], None]


def kinds(report: Report, stored: dict[str, bytes | None]) -> set[str]:
    return {finding.kind for finding in verify_report(report, stored)}


def test_a_true_report_verifies() -> None:
    """Nothing is found in a report that is true in every word."""
    assert verify_report(examples.report(), examples.stored()) == []


def confirmed(schema: str = "attest.report/2", count: int = 2) -> Report:
    """Return a report whose first claim is said by a second source, too."""
    report = examples.report() | {"schema": schema}
    other = examples.citation(BETA, "Beta was founded in 1984 as a small mill.")
    report["claims"][0]["citations"].append({**other, "confirms": True})
    report["claims"][0]["independent_sources"] = count
    lines = report["answer"].split("\n")
    report["answer"] = "\n".join(
        [f"{lines[0]}[2]", lines[1].replace("[2]", "[3]"), lines[2].replace("[3]", "[2]")]
    )
    return report


def test_each_source_of_a_claim_is_compared_with_its_bytes() -> None:
    """A claim with the words of a second source verifies; changed words of that source are found."""
    assert verify_report(confirmed(), examples.stored()) == []
    spoilt = confirmed()
    spoilt["claims"][0]["citations"][1]["quote"] = "Beta was founded in 1985 as a small mill."
    assert FindingKind.CHANGED_QUOTE in kinds(spoilt, examples.stored())


@pytest.mark.parametrize(("schema", "found"), [("attest.report/2", True), ("attest.report/1", False)])
def test_a_source_that_is_counted_is_cited(schema: str, found: bool) -> None:  # noqa: FBT001 - the expectation
    """No report says "two sources" and cites one; those of the first form did not cite what they counted."""
    over = confirmed(schema, count=3)
    assert (FindingKind.UNCITED_SOURCE in kinds(over, examples.stored())) is found
    own = examples.report() | {"schema": schema}
    own["claims"][0]["independent_sources"] = 2
    assert (FindingKind.UNCITED_SOURCE in kinds(own, examples.stored())) is found


def test_a_claim_is_not_made_of_what_confirms_it() -> None:
    """Words that confirm a claim stand in no claim's text, and a claim has words of its own."""
    joined = confirmed()
    joined["claims"][0]["text"] += " Beta was founded in 1984 as a small mill."
    assert FindingKind.CHANGED_CLAIM in kinds(joined, examples.stored())
    bare = confirmed()
    bare["claims"][0]["citations"][0]["confirms"] = True
    assert FindingKind.CHANGED_CLAIM in kinds(bare, examples.stored())


def _quote(report: Report, _: dict[str, bytes | None]) -> None:
    report["claims"][0]["citations"][0]["quote"] = "The Alpha plant opened in 1972."


def _offset(report: Report, _: dict[str, bytes | None]) -> None:
    report["claims"][1]["citations"][0]["start"] -= 1
    report["claims"][1]["citations"][0]["end"] -= 1


def _cut(report: Report, _: dict[str, bytes | None]) -> None:
    cited = report["claims"][0]["citations"][0]
    cited.update(start=4, quote=cited["quote"][4:])


def _cut_with_its_bounds(report: Report, stored: dict[str, bytes | None]) -> None:
    _cut(report, stored)
    report["claims"][0]["citations"][0]["sentence"][0] = 4


def _credit(report: Report, _: dict[str, bytes | None]) -> None:
    report["claims"][2]["citations"][0]["source"] = source_id(ALPHA)


def _source(_: Report, stored: dict[str, bytes | None]) -> None:
    stored[source_id(BETA)] = BETA.replace("1984", "1985").encode()


def _missing(_: Report, stored: dict[str, bytes | None]) -> None:
    stored[source_id(BETA)] = None


def _uncited(report: Report, _: dict[str, bytes | None]) -> None:
    report["claims"][0]["citations"] = []


def _reworded(report: Report, _: dict[str, bytes | None]) -> None:
    report["claims"][0]["text"] = "The Alpha plant opened in 1871."


def _added(report: Report, _: dict[str, bytes | None]) -> None:
    report["answer"] += "\nThe plant was closed in 2001."


def _renumbered(report: Report, _: dict[str, bytes | None]) -> None:
    report["answer"] = report["answer"].replace("[1]", "[3]")


def _shortened(report: Report, _: dict[str, bytes | None]) -> None:
    report["answer"] = "\n".join(report["answer"].splitlines()[1:])


def _unnumbered(report: Report, _: dict[str, bytes | None]) -> None:
    report["answer"] = report["answer"].replace(" [1]", "")


def _unlisted(report: Report, _: dict[str, bytes | None]) -> None:
    del report["sources"][1]


def _boolean(report: Report, _: dict[str, bytes | None]) -> None:
    report["claims"][0]["citations"][0].update(start=False)


def _twins(report: Report, _: dict[str, bytes | None]) -> None:
    report["claims"][1]["id"] = "c1"


SPOILS: list[tuple[Spoil, FindingKind]] = [
    (_quote, FindingKind.CHANGED_QUOTE),
    (_offset, FindingKind.MOVED_OFFSET),
    (_cut, FindingKind.CUT_QUOTE),
    (_cut_with_its_bounds, FindingKind.CUT_QUOTE),
    (_credit, FindingKind.WRONG_SOURCE),
    (_source, FindingKind.CHANGED_SOURCE),
    (_missing, FindingKind.MISSING_SOURCE),
    (_uncited, FindingKind.NO_CITATION),
    (_reworded, FindingKind.CHANGED_CLAIM),
    (_added, FindingKind.CHANGED_ANSWER),
    (_renumbered, FindingKind.CHANGED_ANSWER),
    (_shortened, FindingKind.CHANGED_ANSWER),
    (_unnumbered, FindingKind.CHANGED_ANSWER),
    (_unlisted, FindingKind.INVALID_REPORT),
    (_twins, FindingKind.INVALID_REPORT),
    (_boolean, FindingKind.INVALID_REPORT),
]


@pytest.mark.parametrize(("spoil", "kind"), SPOILS, ids=[spoil.__name__ for spoil, _ in SPOILS])
def test_a_spoiled_report_is_told_from_a_true_one(spoil: Spoil, kind: FindingKind) -> None:
    """Each way to spoil a report is found and called by its name."""
    report, stored = examples.report(), examples.stored()
    spoil(report, stored)
    assert kind in kinds(report, stored)


def test_a_finding_names_claim_and_source() -> None:
    """A person can go to the place: claim, source and the offsets where the quote does stand."""
    report, stored = examples.report(), examples.stored()
    _offset(report, stored)
    (finding,) = verify_report(report, stored)
    place = report["claims"][1]["citations"][0]
    assert (finding.claim, finding.source) == ("c2", source_id(ALPHA))
    assert finding.detail.startswith(f"the quote stands at {place['start'] + 1}..{place['end'] + 1}")


def test_a_listed_source_that_nobody_cites_is_checked_too() -> None:
    """A source of the report is what it says even when no claim rests on it."""
    report, stored = examples.report(), examples.stored()
    report["sources"].append(examples.source(GAMMA, "gamma"))
    assert kinds(report, stored) == {FindingKind.MISSING_SOURCE}
    assert kinds(report, {**stored, source_id(GAMMA): b"other"}) == {FindingKind.CHANGED_SOURCE}
    assert kinds(report, {**stored, source_id(GAMMA): GAMMA.encode()}) == set()


def test_an_unverified_claim_may_stand_without_a_citation() -> None:
    """What is labelled as unverified needs no citation."""
    report, stored = examples.report(), examples.stored()
    report["claims"][0].update(citations=[], verdict="unverified")
    report["answer"] = "\n".join(
        f"{quote}{number}" for number, (_, quote) in zip(("", " [1]", " [2]"), examples.QUOTES, strict=True)
    )
    assert kinds(report, stored) == set()


@pytest.mark.parametrize("by_model", [{}, {"a model": "0.01"}])
def test_a_claim_says_no_more_than_its_quotes_whoever_worded_it(by_model: dict[str, str]) -> None:
    """A year that no quote holds is found, also where a model is named; other words for the same are not."""
    report, stored = examples.report(), examples.stored()
    report["cost"]["by_model"] = by_model
    _reword(report, "In 1971 the Alpha plant opened.")
    assert kinds(report, stored) == set()
    _reword(report, "In 1871 the Alpha plant opened.")
    assert kinds(report, stored) == {FindingKind.CHANGED_CLAIM}


def test_wording_that_nobody_checked_is_never_supported() -> None:
    """A claim labelled unchecked may say anything beside its quotes, as long as it is unverified."""
    report, stored = examples.report(), examples.stored()
    _reword(report, "Alpha ist seit 1871 in Betrieb.")
    report["claims"][0]["wording"] = "unchecked"
    line = f"{report['claims'][0]['text']} [1]"
    report["answer"] = report["answer"].replace(line, labelled(line, unchecked=True))
    assert kinds(report, stored) == {FindingKind.CHANGED_CLAIM}
    report["claims"][0]["verdict"] = "unverified"
    assert kinds(report, stored) == set()


def _reword(report: Report, words: str) -> None:
    report["answer"] = report["answer"].replace(report["claims"][0]["text"], words)
    report["claims"][0]["text"] = words


def test_a_claim_of_several_quotes_is_verbatim_when_joined() -> None:
    """Blanks, ellipses and the marks around a quote do not make a claim less verbatim."""
    report = examples.report()
    report["claims"][0]["citations"] += report["claims"][1]["citations"]
    for joint in (" ", " … ", "” “", " ... "):
        report["claims"][0]["text"] = f"“{joint.join(quote for _, quote in examples.QUOTES[:2])}”"
        assert is_verbatim(claims_of(report)[0])
    report["claims"][0]["text"] += " not"
    assert not is_verbatim(claims_of(report)[0])


def test_a_refusal_says_no_claim() -> None:
    """The reason for a refusal may read like anything; it is not checked as claims are."""
    report = {**examples.report(), "status": "refused", "claims": [], "sources": []}
    assert kinds({**report, "answer": "Refused: rejected: see [1]."}, {}) == set()


@given(st.data())
def test_no_changed_byte_of_a_source_passes(data: st.DataObject) -> None:
    """Any change to any byte of a cited source is found."""
    stored = examples.stored()
    id_ = data.draw(st.sampled_from(sorted(stored)))
    content = bytearray(stored[id_] or b"")
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    assert kinds(examples.report(), {**stored, id_: bytes(content)}) == {FindingKind.CHANGED_SOURCE}


@given(st.data())
def test_no_changed_character_of_a_quote_passes(data: st.DataObject) -> None:
    """Any change to any character of a quote is found."""
    report = examples.report()
    citation = report["claims"][data.draw(st.integers(0, 2))]["citations"][0]
    quote = citation["quote"]
    place = data.draw(st.integers(0, len(quote)))
    changed = quote[:place] + data.draw(st.text(max_size=3)) + quote[place + data.draw(st.integers(0, 2)) :]
    assume(changed != quote)
    citation["quote"] = changed
    assert kinds(report, examples.stored())


@given(st.data(), st.integers(-200, 200), st.integers(-200, 200))
def test_no_changed_offset_passes(data: st.DataObject, start: int, end: int) -> None:
    """Any change to the offsets of a quote that stands once in its source is found."""
    assume((start, end) != (0, 0))
    report = examples.report()
    citation = report["claims"][data.draw(st.integers(0, 2))]["citations"][0]
    citation["start"] += start
    citation["end"] += end
    assert kinds(report, examples.stored())


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def paths(node: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """List the places of a JSON value."""
    members = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [path, *(place for key, member in members for place in paths(member, (*path, key)))]


@given(st.sampled_from(paths(examples.report())[1:]), json_values)
def test_any_json_gets_an_answer(path: tuple[Any, ...], value: object) -> None:
    """Whatever stands in the report, verifying ends with findings and never with an error."""
    report = copy.deepcopy(examples.report())
    node: Any = report
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = value
    assert isinstance(verify_report(report, examples.stored()), list)
