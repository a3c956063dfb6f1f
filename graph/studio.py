"""Serve the bare graph to LangGraph Studio: the server brings its own checkpointer."""

from __future__ import annotations

from graph.app import gathered, services
from graph.build import build
from graph.settings import Settings
from graph.stores.database import Database
from graph.stores.migrations import MIGRATIONS

settings = Settings.from_environment()
database = Database(settings.database, migrations=MIGRATIONS)
graph = build(services(settings, database, gathered(settings, database))).compile()
