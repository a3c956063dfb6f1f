"""Make the client of any other chat model that LangChain knows."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import httpx

from graph.errors import Misconfigured
from tools.models.chat.model_arguments import ModelArguments
from tools.models.chat.model_client import GARBAGE, OpenedModel
from tools.net.endpoint import Endpoint

_ERRORS = {
    "openai": ("openai", "OpenAIError"),
    "anthropic": ("anthropic", "AnthropicError"),
    "ollama": ("ollama", "ResponseError"),
}
"""Where the libraries of providers keep the root of their errors."""


def check_installed(provider: str) -> None:
    """Raise Misconfigured where the packages for a provider are missing."""
    packages = ("langchain", f"langchain_{provider}")
    missing = [package.replace("_", "-") for package in packages if find_spec(package) is None]
    if missing:
        raise Misconfigured(
            f"models of {provider} need packages that are not installed: pip install {' '.join(missing)}"
        )


def open_langchain_model(provider: str, where: Endpoint, model: str) -> OpenedModel:
    """Make the client of a model by `langchain.chat_models.init_chat_model`."""
    init_chat_model = import_module("langchain.chat_models").init_chat_model
    client = init_chat_model(model, model_provider=provider, **_settings(provider, where))
    return OpenedModel(
        client=client,
        options=lambda arguments: _options(provider, arguments),
        faults=(httpx.HTTPError, OSError, *GARBAGE, *faults_of(provider)),
    )


def _settings(provider: str, where: Endpoint) -> Mapping[str, Any]:
    settings: dict[str, Any] = {"temperature": 0.0}
    if where.url:
        settings["base_url"] = where.url
    if where.key:
        settings["api_key"] = where.key
    if provider != "ollama":  # it has no retries of its own to switch off
        settings["max_retries"] = 0
    if provider == "openai":  # it does not count the tokens of a stream unless told to
        settings["stream_usage"] = True
    return settings


def _options(provider: str, arguments: ModelArguments) -> Mapping[str, Any]:
    if provider == "ollama":
        return {"options": {"num_predict": arguments.most_tokens, "temperature": 0.0}}
    return {"max_tokens": arguments.most_tokens}


def faults_of(provider: str) -> tuple[type[Exception], ...]:
    """Return the errors of a provider's own library."""
    module, name = _ERRORS.get(provider, ("", ""))
    return (getattr(import_module(module), name),) if module and find_spec(module) else ()
