from __future__ import annotations

import asyncio
from pathlib import Path

from graph.app import open_app
from graph.config.settings import Settings
from graph.events import Noted
from graph.options import Mode, Options
from tests.fakes.app import events, report, small
from tests.fakes.tools import Pages
from tools.call_pipeline.policy_files import LOOK_SECONDS

ALLOW = 'permit (principal in Role::"viewer", action == Action::"read", resource in Group::"documents");'


async def test_a_policy_broken_under_way_is_told_to_whoever_asks(tmp_path: Path) -> None:
    """The old rules stay, the run goes on, and its person hears which file cannot be used."""
    own = tmp_path / "policies"
    own.mkdir()
    (own / "mine.cedar").write_text(f'@id("mine")\n{ALLOW}')
    chosen = {"ATTEST_HOME": str(tmp_path / "home"), "ATTEST_POLICIES": str(own)}
    tool = Pages({"Breakers": "A breaker closes after three probes."})
    async with open_app(Settings.from_environment(chosen), small(tool)) as app:
        await events(app.run("breaker?", Options(mode=Mode.QUICK), run_id="r1"))
        (own / "mine.cedar").write_text("permit (")
        await asyncio.sleep(LOOK_SECONDS + 0.1)
        announced = await events(app.run("probes?", Options(mode=Mode.QUICK), run_id="r2"))
    assert report(announced)["status"] == "not answered"
    assert any("mine.cedar" in event.text for event in announced if isinstance(event, Noted))
