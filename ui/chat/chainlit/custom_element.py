"""Send the elements of `ui/public/elements`."""

from __future__ import annotations

import chainlit as cl
from chainlit.data import get_data_layer

from ui.chat.history.data_layer import ChatDataLayer


class AttestElement(cl.CustomElement):
    """Draw one of `ui/public/elements` from its props, without a file in the session.

    Chainlit would write a file at each update, and the element would wait for it.
    """

    async def _create(self, persist: bool = True) -> bool:  # noqa: FBT001, FBT002  # Chainlit's own signature
        if persist and isinstance(layer := get_data_layer(), ChatDataLayer):
            layer.create_element_soon(self)
        self.chainlit_key = self.id
        self.persisted = True
        return True
