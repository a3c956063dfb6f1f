"""A chat model of another provider: it streams what it was given, and keeps what it was asked."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.messages.ai import UsageMetadata
from langchain_core.outputs import ChatGenerationChunk, ChatResult


class Local(BaseChatModel):
    """Answer as a model of Ollama would: its own word for the ending, its counts with the last piece."""

    model: str
    settings: dict[str, Any]
    answer: str = '```json\n{"score": 0.5}\n```'
    asked: list[Any] = []  # noqa: RUF012  # pydantic copies it

    @property
    def _llm_type(self) -> str:
        return "local"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,  # noqa: ANN401  # their form
    ) -> ChatResult:
        raise NotImplementedError

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,  # noqa: ANN401  # their form
    ) -> AsyncIterator[ChatGenerationChunk]:
        self.asked.append(([str(message.content) for message in messages], kwargs))
        for message in self._pieces():
            yield ChatGenerationChunk(message=message)

    def _pieces(self) -> Iterator[AIMessageChunk]:
        yield AIMessageChunk(content=self.answer)
        usage = UsageMetadata(input_tokens=40, output_tokens=9, total_tokens=49)
        yield AIMessageChunk(content="", response_metadata={"done_reason": "stop"}, usage_metadata=usage)


def init_chat_model(model: str, *, model_provider: str, **settings: Any) -> Local:  # noqa: ANN401  # their form
    """Stand in for the function of that name in `langchain.chat_models`."""
    return Local(model=f"{model_provider}/{model}", settings=settings)
