"""Choose the next nodes without a trace."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from langchain_core.runnables import Runnable, RunnableConfig


class Untraced(Runnable[Any, Any]):
    """Wrap a function and its annotations so that LangGraph does not trace it like a model.

    Tracing a route starts two tasks and four callbacks; the nodes it leads to are in the trace anyway.
    """

    def __init__(self, choose: Callable[[Any], Any]) -> None:
        update_wrapper(self, choose)
        self.name = choose.__name__
        self._choose = choose

    def __call__(self, state: object) -> object:
        """Return what the function chooses."""
        return self._choose(state)

    def invoke(self, input: Any, config: RunnableConfig | None = None, **kwargs: Any) -> Any:  # noqa: A002, ANN401, ARG002 - the library's signature
        """Return what the function chooses."""
        return self._choose(input)

    async def ainvoke(self, input: Any, config: RunnableConfig | None = None, **kwargs: Any) -> Any:  # noqa: A002, ANN401, ARG002 - the library's signature
        """Return what the function chooses."""
        return self._choose(input)
