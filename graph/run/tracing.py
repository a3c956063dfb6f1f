"""Trace runs in LangSmith: every node, call and model, without their words unless the operator allows it.

LangChain's tracer follows the run, and sends everything through `MaskingClient`.
"""

from __future__ import annotations

import asyncio
import logging
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Sized
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from langchain_core.runnables import RunnableConfig
from langchain_core.tracers.langchain import LangChainTracer
from langsmith import Client, configure
from langsmith.run_helpers import tracing_context
from langsmith.utils import LangSmithError, LangSmithUserError, tracing_is_enabled
from urllib3 import Retry

from graph.errors import Misconfigured
from graph.records import Call, Clock, Task

CLOUD = "https://api.smith.langchain.com"
FLUSH_SECONDS = 2.0
"""How long closing waits for what is not sent yet; the rest is dropped."""
SILENT_SECONDS = 60.0
"""How long nothing is sent after a failure."""
TIMEOUT = (1.0, 3.0)
"""Seconds to connect and to wait for a reply: the last request may hold up the end of a process."""
INGEST = {
    "batch_ingest_config": {
        "use_multipart_endpoint": True,
        "size_limit": 100,
        "size_limit_bytes": 20_971_520,
        "scale_up_nthreads_limit": 4,
        "scale_up_qsize_trigger": 200,
        "scale_down_nempty_trigger": 4,
    }
}
"""How much is sent at a time. The client does not ask the server for what is given here."""
SENT_METADATA = frozenset(
    {"run", "thread_id", "phase", "role", "tier", "prompt", "tool", "cost", "status", "usage_metadata"}
    | {"ls_provider", "ls_model_name", "ls_model_type", "ls_temperature", "ls_max_tokens"}
)
"""The metadata that is sent; LangSmith reads those of `ls_` and `usage_metadata`."""
SECRETS = ("_KEY", "_TOKEN", "_SECRET", "_PASSWORD")
LEAST_SECRET = 6
_RAISED = re.compile(r"(\w+)\(")
_LOG = logging.getLogger(__name__)

Payload = dict[str, Any]


class MaskingClient(Client):
    """Send traces to LangSmith in the background, with or without the content of a run.

    After a failure it sends nothing for a while: a server that is down costs a run nothing.
    """

    def __init__(self, *, url: str, key: str, secrets: Sequence[str], content: bool, clock: Clock) -> None:
        self._content = content
        self._clock = clock
        self._silent_until = -math.inf
        super().__init__(
            api_url=url,
            api_key=key,
            retry_config=Retry(0),
            auto_batch_tracing=True,
            anonymizer=_secret_remover(secrets) if content else None,
            hide_inputs=False,
            hide_outputs=False,
            hide_metadata=False,
            omit_traced_runtime_info=True,
            info=INGEST,
            tracing_mode="langsmith",
            tracing_sampling_rate=1.0,
            tracing_error_callback=self._failed,
        )

    def create_run(self, name: str, inputs: Payload, run_type: Any, **payload: Any) -> None:  # noqa: ANN401 - the library's signature
        """Send the start of a step."""
        if self._is_silent():
            return
        task = inputs.get("task")
        known = {"tool": task.tool} if isinstance(task, Task) else {}
        super().create_run(
            known.get("tool", name),
            self._masked(inputs),
            "tool" if known else run_type,
            **_position(payload),
            **_metadata(payload, known),
        )

    def update_run(self, run_id: Any, **payload: Any) -> None:  # noqa: ANN401 - the library's signature
        """Send the end of a step."""
        if self._is_silent():
            return
        outputs, error = payload.get("outputs") or {}, payload.get("error")
        call = outputs.get("output")
        super().update_run(
            run_id,
            name=call.tool if isinstance(call, Call) else payload.get("name"),
            run_type="tool" if isinstance(call, Call) else payload.get("run_type"),
            end_time=payload.get("end_time"),
            outputs=self._masked(outputs),
            error=error if self._content or not error else _error_class(error),
            **_position(payload),
            **_metadata(payload, _outcome(payload, outputs, error)),
        )

    def request_with_retries(self, *sent: Any, **more: Any) -> Any:  # noqa: ANN401 - the library's signature
        """Post once, within bounded time, unless it is silent."""
        if self._is_silent():
            raise LangSmithError("nothing is sent for now")
        request = {**(more.pop("request_kwargs", None) or {}), "timeout": TIMEOUT}
        return super().request_with_retries(*sent, request_kwargs=request, **more)

    def flush_and_close(self) -> None:
        """Send what is left, within bounded time, and end the threads."""
        self.flush(timeout=FLUSH_SECONDS)
        self._silent_until = math.inf
        self.close(timeout=0)

    def _is_silent(self) -> bool:
        return self._clock() < self._silent_until

    def _failed(self, error: Exception) -> None:
        """Write one line; the text of the error is left out, as it holds a part of the key."""
        if not self._is_silent():
            self._silent_until = self._clock() + SILENT_SECONDS
            _LOG.warning(
                "LangSmith takes no traces (%s), so they are dropped for %g s: see ATTEST_LANGSMITH_URL "
                "and ATTEST_LANGSMITH_KEY",
                type(error).__name__,
                SILENT_SECONDS,
            )

    def _masked(self, values: Payload) -> Payload:
        """Keep values as they are, but for what is no data, or only their kinds and lengths."""
        if self._content:
            return {name: value for name, value in values.items() if name != "toolbox"}
        return {name: _size(value) for name, value in values.items() if str(name).isidentifier()}


class Tracing:
    """Trace runs."""

    def __init__(self, client: MaskingClient, project: str) -> None:
        self._client = client
        self._project = project

    @contextmanager
    def traced(self, run_id: str, config: RunnableConfig) -> Iterator[RunnableConfig]:
        """Trace what runs with this config; the LangSmith settings of the environment are ignored."""
        tracer = LangChainTracer(client=self._client, project_name=self._project, metadata={"run": run_id})
        with tracing_context(
            enabled=True, client=self._client, project_name=self._project, parent=False, replicas=[]
        ):
            yield {**config, "callbacks": [tracer], "run_name": "research"}

    async def close(self) -> None:
        """Send what is left, without blocking the loop."""
        await asyncio.to_thread(self._client.flush_and_close)


def tracing(
    *, url: str, key: str, project: str, content: bool, environ: Mapping[str, str], clock: Clock
) -> Tracing:
    """Make the tracing of runs; keys and passwords of the environment are removed from their content.

    Raises Misconfigured where LangSmith's client cannot be made.
    """
    return Tracing(_client(url=url, key=key, content=content, environ=environ, clock=clock), project)


def mask_process(*, content: bool, environ: Mapping[str, str], clock: Clock) -> None:
    """Mask what this process traces by itself where LANGSMITH_TRACING is set.

    Hiding inputs and outputs would not do: errors hold words too, an interrupt for one its whole question.
    Raises Misconfigured where LangSmith's client cannot be made.
    """
    if tracing_is_enabled():
        url = _langsmith_setting(environ, "ENDPOINT") or CLOUD
        key = _langsmith_setting(environ, "API_KEY")
        configure(client=_client(url=url, key=key, content=content, environ=environ, clock=clock))


def _langsmith_setting(environ: Mapping[str, str], name: str) -> str:
    """Return one of LangSmith's own settings, by its present or its earlier name."""
    return environ.get(f"LANGSMITH_{name}") or environ.get(f"LANGCHAIN_{name}", "")


def _client(*, url: str, key: str, content: bool, environ: Mapping[str, str], clock: Clock) -> MaskingClient:
    # The library logs each failure several times, with tracebacks; `_failed` logs it once.
    logging.getLogger("langsmith").setLevel(logging.CRITICAL)
    secrets = {v for n, v in environ.items() if n.endswith(SECRETS) and len(v) >= LEAST_SECRET}
    try:
        return MaskingClient(
            url=url, key=key, secrets=sorted(secrets | {key} - {""}), content=content, clock=clock
        )
    except LangSmithUserError as error:
        raise Misconfigured(f"LangSmith cannot be told of runs: {error}") from error


def _position(payload: Payload) -> Payload:
    """Keep what says where a step stands in the tree of a run, and when it began."""
    names = ("id", "parent_run_id", "trace_id", "dotted_order", "session_name", "start_time")
    return {name: payload[name] for name in names if payload.get(name) is not None}


def _metadata(payload: Payload, known: Payload) -> Payload:
    """Keep the metadata that is ours; a function in it is called at the end."""
    given = payload["extra"].get("metadata") or {}
    metadata = {name: value for name, value in given.items() if name in SENT_METADATA and not callable(value)}
    metadata |= {"node": given["langgraph_node"]} if "langgraph_node" in given else {}
    metadata |= known
    tags = [metadata[name] for name in ("phase", "role") if name in metadata]
    events = [{"name": e["name"], "time": e["time"]} for e in payload.get("events") or ()]
    return {"extra": {"metadata": metadata}, "tags": tags, "events": events}


def _outcome(payload: Payload, outputs: Payload, error: str | None) -> Payload:
    """Return what is known of an ending: status, and cost in micro-dollars."""
    if error:
        return {"status": "waiting" if _error_class(error) == "GraphInterrupt" else "failed"}
    if isinstance(call := outputs.get("output"), Call):
        return {"status": str(call.outcome), "cost": call.cost, "tool": call.tool}
    if payload.get("parent_run_id") is not None:
        return {"status": "done"} | _late_metadata(payload)
    report = outputs.get("report")
    return _report_outcome(report) if report else {"status": "waiting"}


def _late_metadata(payload: Payload) -> Payload:
    metadata = payload["extra"].get("metadata") or {}
    return {name: value() for name, value in metadata.items() if name in SENT_METADATA and callable(value)}


def _report_outcome(report: Mapping[str, Any]) -> Payload:
    return {"status": report["status"], "cost": int(Decimal(report["cost"]["usd"]) * 1_000_000)}


def _error_class(error: str) -> str:
    """Return the class of an error, which is how its text begins; the rest may be words of a source."""
    found = _RAISED.match(error)
    return found[1] if found else "an error"


def _size(value: object) -> str:
    kind = type(value).__name__
    return f"{kind} of {len(value)}" if isinstance(value, Sized) else kind


def _secret_remover(secrets: Sequence[str]) -> Callable[[Payload], Payload]:
    """Return a function that removes secrets from JSON."""
    found = re.compile("|".join(re.escape(secret) for secret in sorted(secrets, key=len, reverse=True)))

    def cleaned(value: Any) -> Any:  # noqa: ANN401 - JSON
        if isinstance(value, str):
            return found.sub("[key]", value)
        if isinstance(value, dict):
            return {cleaned(name): cleaned(inner) for name, inner in value.items()}
        return [cleaned(inner) for inner in value] if isinstance(value, list) else value

    return cleaned
