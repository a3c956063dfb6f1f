from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import Misconfigured
from graph.records import Argument
from tests.tools.call_pipeline.test_authorization import (
    BROKEN,
    CLOSED,
    NOTES,
    OPENED,
    RUN,
    SPEC,
    TASK,
    Desk,
    given_argument,
    write,
)
from tools.call_pipeline.authorization import Authority
from tools.call_pipeline.policy_files import LOOK_SECONDS


def test_an_operators_file_is_added_and_replaces_none(tmp_path: Path) -> None:
    """A file named like one of the release stands beside it: its rules cannot be switched off by a name."""
    write(tmp_path, OPENED, "private.cedar")
    desk = Desk(tmp_path)
    assert desk.allows(NOTES)
    assert not desk.allows(task=given_argument(Argument(value="q", private=True)))


def test_a_change_counts_from_the_next_look(tmp_path: Path) -> None:
    """A file is looked at once a second: added, changed and removed ones count then, and not before."""
    desk = Desk(tmp_path)
    write(tmp_path, CLOSED)
    assert desk.allows(later=LOOK_SECONDS / 2)
    assert not desk.allows(later=LOOK_SECONDS / 2)
    write(tmp_path, CLOSED.replace("web", "mcp"))
    assert not desk.allows()
    assert desk.allows(later=LOOK_SECONDS)
    write(tmp_path, CLOSED.replace("no-web", "other"), "other.cedar")
    assert not desk.allows(later=LOOK_SECONDS)
    (tmp_path / "other.cedar").unlink()
    assert desk.allows(later=LOOK_SECONDS)
    assert desk.alarms == []


def test_a_change_within_one_tick_of_the_file_system_counts(tmp_path: Path) -> None:
    """Two versions with the same time of change are told apart by their size."""
    desk = Desk(tmp_path)
    for text, allowed in ((CLOSED, False), (OPENED, True)):
        write(tmp_path, text)
        os.utime(tmp_path / "own.cedar", (0, 0))
        assert desk.allows(later=LOOK_SECONDS) == allowed


def test_a_clock_set_back_does_not_stop_the_looking(tmp_path: Path) -> None:
    """An hour back on the clock is no hour of old policies."""
    desk = Desk(tmp_path)
    write(tmp_path, CLOSED)
    assert not desk.allows(later=-3600.0)


def test_a_broken_change_keeps_the_old_and_says_so_once(tmp_path: Path) -> None:
    """A version that cannot be used is told once, by its file; the old rules stay until it is mended."""
    write(tmp_path, CLOSED)
    desk = Desk(tmp_path)
    for version in (BROKEN, BROKEN + ", action"):
        write(tmp_path, version)
        assert [desk.allows(later=LOOK_SECONDS) for _ in range(3)] == [False] * 3
    assert len(desk.alarms) == 2
    assert all("own.cedar" in alarm and "\n" not in alarm for alarm in desk.alarms)
    write(tmp_path, OPENED)
    assert desk.allows(later=LOOK_SECONDS)


def test_a_folder_that_vanishes_takes_no_rule_with_it(tmp_path: Path) -> None:
    """Nothing to read is not the same as no rules: what forbids goes on forbidding, with an alarm."""
    folder = tmp_path / "policies"
    folder.mkdir()
    write(folder, CLOSED)
    desk = Desk(folder)
    folder.rename(tmp_path / "away")
    assert [desk.allows(later=LOOK_SECONDS) for _ in range(3)] == [False] * 3
    (tmp_path / "away").rename(folder)
    assert not desk.allows(later=LOOK_SECONDS)
    assert len(desk.alarms) == 1
    folder.rename(tmp_path / "away")
    assert not desk.allows(later=LOOK_SECONDS)
    assert len(desk.alarms) == 2


@given(st.lists(st.sampled_from([OPENED, CLOSED, BROKEN, None]), max_size=8))
def test_the_last_usable_version_is_always_the_one_in_force(versions: Sequence[str | None]) -> None:
    """Whatever is written or removed in whatever order, the newest that can be used decides."""
    with TemporaryDirectory() as place:
        desk, force = Desk(Path(place)), ""
        for text in versions:
            if text is None:
                (Path(place) / "own.cedar").unlink(missing_ok=True)
            else:
                write(Path(place), text)
            force = force if text == BROKEN else text or ""
            assert desk.allows(later=LOOK_SECONDS) == (force != CLOSED)
            assert desk.allows(NOTES) == (force == OPENED)
        assert len(desk.alarms) == versions.count(BROKEN)


def test_what_an_editor_leaves_behind_is_no_policy(tmp_path: Path) -> None:
    """A hidden lock that points nowhere, a copy and a note are passed over."""
    (tmp_path / ".#own.cedar").symlink_to("nowhere")
    write(tmp_path, BROKEN, "own.cedar~")
    write(tmp_path, BROKEN, "README.md")
    assert Desk(tmp_path).allows()


@pytest.mark.parametrize("spoiled", [BROKEN, 'permit (principal in Role::"root", action, resource);'])
def test_a_broken_policy_at_the_start_ends_it(spoiled: str, tmp_path: Path) -> None:
    """There is no older policy to keep, so nothing is decided; the file is named."""
    write(tmp_path, spoiled)
    with pytest.raises(Misconfigured, match=r"own\.cedar"):
        Desk(tmp_path)


def test_what_cannot_be_read_at_the_start_ends_it(tmp_path: Path) -> None:
    """A folder that is not there, a folder in place of a file and bytes in place of text are each named."""
    with pytest.raises(Misconfigured, match=r"nowhere cannot be read .*ATTEST_POLICIES"):
        Desk(tmp_path / "nowhere")
    (tmp_path / "own.cedar").mkdir()
    with pytest.raises(Misconfigured, match=r"own\.cedar cannot be read .*ATTEST_POLICIES"):
        Desk(tmp_path)
    (tmp_path / "own.cedar").rmdir()
    (tmp_path / "own.cedar").write_bytes(b"\xff\xfe")
    with pytest.raises(Misconfigured, match=r"own\.cedar: it is no UTF-8"):
        Desk(tmp_path)


def test_an_alarm_goes_to_the_log_unless_said_otherwise(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """An operator who wires nothing up still finds it."""
    now = [1000.0]
    authority = Authority(tmp_path, clock=lambda: now[0])
    write(tmp_path, BROKEN)
    now[0] += LOOK_SECONDS
    assert authority.authorise(RUN, SPEC, TASK).allowed
    assert "own.cedar" in caplog.text
