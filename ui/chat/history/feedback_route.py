"""Keep ratings of answers: Chainlit's own routes answer a refusal as an error of the server."""

from __future__ import annotations

from typing import Annotated, Any

from chainlit.auth import get_current_user
from chainlit.data import get_data_layer
from chainlit.data.base import BaseDataLayer
from chainlit.types import DeleteFeedbackRequest, UpdateFeedbackRequest
from chainlit.user import User
from fastapi import APIRouter, Depends

from graph.errors import Unavailable

router = APIRouter()
Asker = Annotated[User | None, Depends(get_current_user)]


@router.put("/feedback")
async def rate(form: UpdateFeedbackRequest, _: Asker) -> dict[str, Any]:
    """Keep a rating of an answer in a thread of the person."""
    return {"success": True, "feedbackId": await _layer().upsert_feedback(form.feedback)}


@router.delete("/feedback")
async def unrate(form: DeleteFeedbackRequest, _: Asker) -> dict[str, Any]:
    """Remove a rating."""
    return {"success": await _layer().delete_feedback(form.feedbackId)}


def _layer() -> BaseDataLayer:
    layer: BaseDataLayer | None = get_data_layer()
    if layer is None:
        raise Unavailable("the conversations are not open: the server starts or ends")
    return layer
