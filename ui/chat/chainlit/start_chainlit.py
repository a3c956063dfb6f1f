"""Start Chainlit in this process without reading any file of the working folder."""

from __future__ import annotations

from graph.config.settings import Settings, hand_down, hand_down_chat
from ui.chat.chainlit.chainlit_folder import ROOT


def start(host: str, port: int) -> None:
    """Serve the chat until it is stopped; raise Misconfigured for settings that cannot be used.

    `python -m chainlit` would import a `chainlit.py` of the working folder.
    """
    hand_down_chat(Settings.from_environment().values)
    hand_down("CHAINLIT_APP_ROOT", str(ROOT))
    from chainlit.cli import cli  # noqa: PLC0415  # it reads the environment when it is imported

    cli.main(
        ["run", str(ROOT / "app.py"), "--headless", "--host", host, "--port", str(port)],
        prog_name="attest chat",
    )
