"""An operator's mistake about people: the doctor names what is weak."""

from __future__ import annotations

import json
from pathlib import Path

from graph.config.settings import Settings
from graph.health.people_health import check_people
from tests.fakes.people import PASSWORD, known


def said(home: Path, **more: str) -> list[str]:
    settings = Settings.from_environment({"ATTEST_HOME": str(home), **more})
    return [check.line() for check in check_people(settings)]


def test_a_home_without_accounts_is_left_in_peace(tmp_path: Path) -> None:
    """Nothing is said, and no database is made by asking."""
    assert said(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_an_earlier_release_is_named(tmp_path: Path) -> None:
    """Whoever upgraded and started nothing yet learns what will become of it."""
    (tmp_path / "accounts.json").write_text(json.dumps({"schema": "attest.accounts/1", "accounts": []}))
    (line,) = said(tmp_path)
    assert line.startswith("ok")
    assert "the next start, or attest users, reads it" in line


def test_tokens_without_an_end_are_counted(tmp_path: Path) -> None:
    """Only those that never expire, with the way out."""
    with known(tmp_path) as there:
        there.accounts.add("ann", PASSWORD)
        there.accounts.give_token("ann", lasts=60.0)
        assert said(tmp_path) == []
        there.accounts.give_token("ann")
    (line,) = said(tmp_path)
    assert "bearer tokens that never expire: 1" in line
    assert "--expires 90d" in line


def test_a_policy_that_names_nobody_is_pointed_out(tmp_path: Path) -> None:
    """A rule that forbids something to a name, which is no id, would forbid nothing without a word."""
    home, policies = tmp_path / "home", tmp_path / "policies"
    with known(home) as there:
        ann = there.accounts.add("ann", PASSWORD)
    (policies / "people").mkdir(parents=True)
    rule = 'forbid (principal == Person::"{}", action, resource);\n'
    (policies / "people" / "own.cedar").write_text(rule.format(ann.id) + rule.format("ann"))
    (line,) = said(home, ATTEST_POLICIES=str(policies))
    assert 'Person::"ann", which is the id of no account' in line
    assert 'principal.name == "ann"' in line
