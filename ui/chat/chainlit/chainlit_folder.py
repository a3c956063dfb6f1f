"""Make `ui/` the folder of Chainlit, wherever it was started."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from graph.config.settings import Settings, hand_down, hand_down_chat
from graph.errors import Misconfigured
from ui.chat.chainlit.process_folder import process_folder

ROOT = Path(__file__).parents[2]
MARKER = Path("public", "elements", "PlanCard.jsx")
_FRESH_SECONDS = 60


def check_folder() -> None:
    """Raise Misconfigured where Chainlit read the `.env` of the working folder, as `chainlit run` does."""
    from chainlit import env_found  # noqa: PLC0415  # slow

    if env_found:
        raise Misconfigured(
            "this folder has a .env, which `chainlit run` reads whether it is trusted or not: "
            "open the chat with attest chat"
        )


def restart_in_own_folder(now: float) -> None:
    """Run this command again with the right folder, unless Chainlit has it already.

    Chainlit chooses its folder when it is imported, which `chainlit run` does before it loads `ui/app.py`.
    """
    from chainlit.config import APP_ROOT, DEFAULT_CONFIG_STR, TRANSLATIONS_DIR  # noqa: PLC0415  # slow

    if (Path(APP_ROOT) / MARKER).is_file():
        return
    remove_generated(Path(APP_ROOT), DEFAULT_CONFIG_STR, Path(TRANSLATIONS_DIR), now)
    hand_down_chat(Settings.from_environment().values)
    hand_down("CHAINLIT_APP_ROOT", str(ROOT))
    os.execv(sys.executable, [sys.executable, "-P", *sys.orig_argv[1:]])  # noqa: S606  # this very command


def use_process_folder() -> None:
    """Keep the session files of this process in a folder of its own that only its owner can read.

    All servers of one installation share Chainlit's folder, and the first to end removes it.
    """
    from chainlit import config, server  # noqa: PLC0415  # slow

    config.FILES_DIRECTORY = vars(server)["FILES_DIRECTORY"] = process_folder()


def remove_generated(root: Path, config: str, translations: Path, now: float) -> None:
    """Remove the files that Chainlit made in a folder a moment ago; older and changed files stay."""
    names = {path.name for path in translations.glob("*.json")}
    made = [root / ".chainlit" / "translations" / name for name in names]
    written = root / ".chainlit" / "config.toml"
    if _fresh(written, now) and written.read_text(encoding="utf-8") == config:
        _remove([path for path in made if _fresh(path, now)], [written])
    for folder in (".chainlit/translations", ".chainlit", ".files"):
        if (root / folder).is_dir() and not any((root / folder).iterdir()):
            (root / folder).rmdir()


def _fresh(path: Path, now: float) -> bool:
    return path.is_file() and now - path.stat().st_mtime < _FRESH_SECONDS


def _remove(*groups: Iterable[Path]) -> None:
    for group in groups:
        for path in group:
            path.unlink()
