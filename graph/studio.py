"""Serve the bare graph to LangGraph Studio: the server brings its own checkpointer, and traces by itself."""

from __future__ import annotations

import time
from dataclasses import replace

from graph.app import gathered, services
from graph.config.settings import Settings
from graph.run.tracing import mask_process
from graph.run.wiring import build
from graph.stores.db.database import Database
from graph.stores.db.migrations import MIGRATIONS

settings = Settings.from_environment()
mask_process(content=settings.trace_content, environ=settings.values, clock=time.monotonic)
database = Database(settings.database, migrations=MIGRATIONS)
# Who asks is a page of somebody else: the settings bound what it may set.
bounded = replace(services(settings, database, gathered(settings, database)), bounded=True)
graph = build(bounded).compile()
