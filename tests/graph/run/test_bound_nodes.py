from __future__ import annotations

import inspect
from functools import partial
from pathlib import Path

from graph.app import open_app
from graph.config.settings import Settings
from graph.run.bound_nodes import bound_nodes
from graph.run.wiring import STEPS
from guards.plan_fitting import without_models


async def test_every_node_of_the_table_gets_all_it_asks_for(tmp_path: Path) -> None:
    """A node that is not bound, or lacks a service, is found before a run enters it."""
    settings = Settings.from_environment({"HOME": str(tmp_path)})
    async with open_app(settings) as app:
        nodes = bound_nodes(app.services, without_models)
    assert [*nodes] == sorted(nodes, key=[step.name for step in STEPS].index)
    for step in STEPS:
        node = nodes[step.name]
        assert isinstance(node, partial)
        assert node.func is step.verb
        asked = inspect.signature(step.verb).parameters.values()
        assert {p.name for p in asked if p.kind is p.KEYWORD_ONLY} == node.keywords.keys()
