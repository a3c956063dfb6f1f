"""Build the application: settings → stores, tools, models → graph. No other module does this."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from pathlib import Path

from graph.config.settings import Settings
from graph.events import Noted
from graph.options import Options
from graph.ports import Services
from graph.private_files import close_to_others
from graph.records import Clock
from graph.run.application import Application
from graph.run.event_sink import announce, trace_step
from graph.run.executor import Traced, untraced
from graph.run.gc_tuning import tune_gc
from graph.run.serde import serializer
from graph.run.wiring import build
from graph.single_flight import SingleFlight
from graph.stores.books.call_books import StoredCalls
from graph.stores.books.call_cache import StoredCache
from graph.stores.books.stored_circuits import StoredCircuits
from graph.stores.checkpoints.checkpoint_saver import GroupCommitSaver
from graph.stores.db.compressed_text import TextCache
from graph.stores.db.database import Database
from graph.stores.db.migrations import MIGRATIONS
from graph.stores.evidence import StoredEvidence
from graph.stores.index.passage_index import StoredIndex
from graph.stores.index.stored_vectors import StoredVectors
from graph.stores.leases.leases import leases_of
from graph.stores.memory import StoredMemory
from graph.stores.runs import StoredRuns
from graph.tool import Tool
from tools.call_pipeline.authorization import Authority
from tools.call_pipeline.bulkhead import Bulkhead
from tools.call_pipeline.cancellation import Cancellation
from tools.call_pipeline.circuit_breakers import CircuitBreakers
from tools.call_pipeline.controls import Controls
from tools.call_pipeline.policy_files import warn
from tools.call_pipeline.rate_limiter import RateLimiter
from tools.call_pipeline.runner import Runner
from tools.lexicon.terms import terms
from tools.models.confirming_reader import ConfirmingReader
from tools.models.emergency_roles import EmergencyJudge, EmergencyPlanner, EmergencyReader, EmergencyWriter
from tools.models.extractive.judge import ExtractiveJudge
from tools.models.extractive.planner import ExtractivePlanner
from tools.models.extractive.reader import ExtractiveReader
from tools.models.extractive.writer import ExtractiveWriter
from tools.models.gateway import Gateway
from tools.models.model_forecast import ModelForecast
from tools.models.roles.judge import ModelJudge
from tools.models.roles.planner import ModelPlanner
from tools.models.roles.reader import ModelReader
from tools.models.roles.writer import ModelWriter
from tools.models.screening_reader import ScreeningReader
from tools.models.whole_sentence_reader import WholeSentenceReader
from tools.registry import DocumentStores, Registry, registry

Replace = Callable[[Services], Services]


@asynccontextmanager
async def open_app(settings: Settings, adapt: Replace | None = None) -> AsyncIterator[Application]:
    """Open the stores and yield the application; `adapt` may replace services before they are wired."""
    tune_gc()
    await asyncio.to_thread(close_to_others, settings.home)
    database = Database(settings.database, migrations=MIGRATIONS)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(database.close)
        remote = await stack.enter_async_context(_remote(settings)) if settings.mcp else ()
        tools = gathered(settings, database, remote)
        stack.push_async_callback(tools.close)
        made = services(settings, database, tools)
        stack.push_async_callback(made.toolbox.close)
        made = adapt(made) if adapt else made
        saver = GroupCommitSaver(database, serde=serializer())
        forecast = ModelForecast(tools.models.roles, made.toolbox.specs())
        compiled = build(made, forecast).compile(checkpointer=saver)
        leases = leases_of(settings.database)
        stack.push_async_callback(leases.close)
        yield Application(compiled, made, leases, _traced(settings, stack))


def _remote(settings: Settings) -> AbstractAsyncContextManager[tuple[Tool, ...]]:
    """Connect to the MCP servers that the operator named."""
    from tools.mcp.mcp_servers import mcp_tools  # noqa: PLC0415  # takes half a second, only where it is needed

    return mcp_tools(settings.mcp or Path(), environ=settings.values, clock=time.time)


def _traced(settings: Settings, stack: AsyncExitStack) -> Traced:
    """Return what traces the runs: LangSmith, if the operator has a key for it."""
    if not (key := settings.key("LANGSMITH")):
        return untraced
    from graph.run.tracing import tracing  # noqa: PLC0415  # loaded only where it is needed

    traces = tracing(
        url=settings.langsmith_url,
        key=key,
        project=settings.langsmith_project,
        content=settings.trace_content,
        environ=settings.values,
        clock=time.monotonic,
    )
    stack.push_async_callback(traces.close)
    return traces.traced


def gathered(settings: Settings, database: Database, remote: Sequence[Tool] = ()) -> Registry:
    """Make the tools over their stores; nothing is opened before its first use."""
    shelf = DocumentStores(
        evidence=StoredEvidence(database),
        index=StoredIndex(database, terms),
        vectors=StoredVectors(database),
    )
    return registry(settings, shelf, time.time, remote)


def services(settings: Settings, database: Database, tools: Registry) -> Services:
    """Make everything the nodes work with; nothing is opened before its first use."""
    clock, opened = time.time, TextCache()
    calls, controls = StoredCalls(database, clock, opened), _controls(settings, database, clock)
    runner = Runner(
        (*tools.tools, *tools.models.tools),
        calls=calls,
        clock=clock,
        controls=controls,
        lacking=tools.lacking,
    )
    tools.connect(runner)
    evidence = StoredEvidence(database, opened)
    gateway = Gateway(tools.models.roles, toolbox=runner, evidence=evidence, announce=announce)
    engine = ExtractivePlanner(runner.specs())
    extractor = ExtractiveReader()
    confirmed = ConfirmingReader(ModelReader(gateway, extractor))
    return Services(
        planner=EmergencyPlanner(ModelPlanner(gateway, engine), engine),
        reader=EmergencyReader(ScreeningReader(WholeSentenceReader(confirmed, evidence))),
        extractor=extractor,
        judge=EmergencyJudge(ModelJudge(gateway, ExtractiveJudge())),
        writer=EmergencyWriter(ModelWriter(gateway, ExtractiveWriter(), evidence)),
        toolbox=runner,
        evidence=evidence,
        runs=StoredRuns(database, clock),
        calls=calls,
        memory=StoredMemory(database),
        cancellation=controls.cancellation,
        clock=clock,
        defaults=Options(
            docs=settings.docs,
            budget=settings.budget,
            sources=settings.sources,
            role=settings.role,
            language=settings.language,
        ),
    )


def _alarm(text: str) -> None:
    """Tell the log, and the person whose run is affected."""
    warn(text)
    announce(Noted(text=text))


def _controls(settings: Settings, database: Database, clock: Clock) -> Controls:
    chance = secrets.SystemRandom().random
    return Controls(
        authority=Authority(settings.policies, clock=clock, alarm=_alarm),
        cache=StoredCache(database, clock),
        flight=SingleFlight(),
        breakers=CircuitBreakers(StoredCircuits(database), clock=clock, chance=chance),
        bulkhead=Bulkhead(
            at_once=settings.calls_at_once, per_run=settings.run_calls_at_once, clock=time.monotonic
        ),
        rate_limiter=RateLimiter(clock=clock),
        cancellation=Cancellation(),
        chance=chance,
        trace=trace_step,
    )
