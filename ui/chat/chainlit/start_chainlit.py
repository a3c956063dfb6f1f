"""Start Chainlit in this process, told all it may know of the folder it stands in: nothing."""

from __future__ import annotations

from graph.config.settings import Settings, hand_down, hand_down_chat
from ui.chat.chainlit.chainlit_folder import ROOT, begin


def start(host: str, port: int) -> None:
    """Serve the chat until it is stopped; raises Misconfigured.

    A process of its own, as `python -m chainlit`, would import `./chainlit.py` of the working folder.
    """
    hand_down_chat(Settings.from_environment().values)
    hand_down("CHAINLIT_APP_ROOT", str(ROOT))
    begin()
    from chainlit.cli import cli  # noqa: PLC0415  # it reads the environment when it is imported

    cli.main(
        ["run", str(ROOT / "app.py"), "--headless", "--host", host, "--port", str(port)],
        prog_name="attest chat",
    )
