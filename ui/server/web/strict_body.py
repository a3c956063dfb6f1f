"""Read request bodies with the strict JSON reader."""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any

from fastapi import HTTPException, Request, Response
from fastapi.routing import APIRoute

from guards.strict_json import read_json


class StrictRequest(Request):
    """Refuse JSON that parsers read differently: a repeated name, a number over 64 bits, a lone surrogate."""

    async def json(self) -> Any:  # noqa: ANN401  # any JSON
        """Return the body; raise JSONDecodeError for invalid JSON, HTTPException 400 for refused JSON."""
        try:
            return read_json((await self.body()).decode())
        except json.JSONDecodeError:
            raise
        except ValueError as error:
            raise HTTPException(HTTPStatus.BAD_REQUEST, f"the body cannot be read: {error}") from None


class StrictRoute(APIRoute):
    """Give an endpoint a request that reads strictly."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the handler with the strict request."""
        handle = super().get_route_handler()

        async def strict(request: Request) -> Response:
            return await handle(StrictRequest(request.scope, request.receive))

        return strict
