"""Turn an exception of a model's client into the error it means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import httpx

from graph.errors import AttestError, Misconfigured, Unavailable, Unusable
from tools.net.endpoint import Endpoint
from tools.net.http_reply import host_and_port, retry_after

_DELAY = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,9})?)s")
_BUSY = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}
_GAVE_UP = {HTTPStatus.BAD_GATEWAY, HTTPStatus.GATEWAY_TIMEOUT}
"""Statuses of a proxy: the model behind it may have gone on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedModel:
    """Say which model was asked: where, its name, and the setting that names it."""

    where: Endpoint
    model: str
    setting: str


def model_error(error: Exception, whom: AskedModel, now: float, *, begun: bool) -> AttestError:
    """Return the error that an exception of a client means; `begun` says that part of an answer had come.

    It is Misconfigured (key, model, address), Unusable for this prompt alone, or Unavailable. Gemini bills no
    request that ends with an error of its own: <https://ai.google.dev/gemini-api/docs/billing>.
    """
    status = _status(error)
    if not status:
        return _broken(error, whom)
    said = f"{host_and_port(whom.where)} answered {status} {httpx.codes.get_reason_phrase(status)}".strip()
    if mend := _mend(error, whom, status):
        return Misconfigured(f"{said}: {mend}")
    if status in _BUSY or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Unavailable(said, retry_after=_wait(error, now), reached=begun or status in _GAVE_UP)
    return Unusable(f"{said}: {whom.model} does not take this prompt")


def _broken(error: Exception, whom: AskedModel) -> Unavailable:
    """Return the failure of a connection, or of an answer that cannot be read."""
    name, chain = host_and_port(whom.where), tuple(_chain(error))
    if any(isinstance(link, httpx.ConnectError | httpx.ConnectTimeout) for link in chain):
        return Unavailable(f"{name} cannot be reached")
    if any(isinstance(link, httpx.HTTPError | OSError) for link in chain):
        return Unavailable(f"{name} broke off", reached=True)
    return Unavailable(f"{name} answered in a shape that is not its own", reached=True)


def _mend(error: Exception, whom: AskedModel, status: int) -> str:
    """Return what the operator must correct, or nothing."""
    key, url = f"ATTEST_{whom.where.name}_KEY", f"ATTEST_{whom.where.name}_URL"
    told = _told(error)
    if status < HTTPStatus.BAD_REQUEST:
        return f"it has moved, correct {url}"
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN} or _reason(told) == "API_KEY_INVALID":
        return f"it refused the key, correct {key}"
    if status == HTTPStatus.PAYMENT_REQUIRED or told.get("status") == "FAILED_PRECONDITION":
        return f"it does not serve this account, look after its plan and region or change {key}"
    if status == HTTPStatus.NOT_FOUND:
        return f"it has no model {whom.model}, correct {whom.setting} or {url}"
    return ""


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__


def _status(error: Exception) -> int:
    """Return the HTTP status in an exception or its causes; each client keeps it under another name."""
    for link in _chain(error):
        for name in ("code", "status_code"):
            status = getattr(link, name, None)
            if isinstance(status, int) and HTTPStatus.MULTIPLE_CHOICES <= status <= 599:  # noqa: PLR2004  # the last there is
                return status
    return 0


def _told(error: Exception) -> Mapping[str, Any]:
    """Return the body of an error as Google writes it (google.rpc.Status), or nothing."""
    for link in _chain(error):
        details = getattr(link, "details", None)
        if isinstance(details, Mapping) and isinstance(told := details.get("error"), Mapping):
            return told
    return {}


def _reason(told: Mapping[str, Any]) -> str:
    return next((str(detail["reason"]) for detail in _details(told) if "reason" in detail), "")


def _wait(error: Exception, now: float) -> float | None:
    """Return how many seconds the service asks to wait: by RetryInfo, else by the header."""
    for detail in _details(_told(error)):
        if delay := _DELAY.fullmatch(str(detail.get("retryDelay", ""))):
            return float(delay[1])
    headers = (getattr(getattr(link, "response", None), "headers", None) for link in _chain(error))
    return next((retry_after(h, now) for h in headers if isinstance(h, httpx.Headers)), None)


def _details(told: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    details = told.get("details")
    return (d for d in details if isinstance(d, Mapping)) if isinstance(details, list) else iter(())
