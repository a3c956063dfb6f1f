"""Serve the graph to LangGraph Studio, whose server brings its own checkpointer and tracing."""

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
# The caller is a foreign web page: the settings limit what it may set.
bounded = replace(services(settings, database, gathered(settings, database)), bounded=True)
graph = build(bounded).compile()
