"""Have Chainlit take `ui/` for its folder, wherever it was started from."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from graph.config.settings import Settings, hand_down, hand_down_chat
from graph.errors import Misconfigured
from ui.chat.chainlit.process_folder import process_folder

ROOT = Path(__file__).parents[2]
MARK = Path("public", "elements", "PlanCard.jsx")
_FRESH_SECONDS = 60
_BEGUN: list[bool] = []


def begin() -> None:
    """Remember, where no file can say so, that this process was told to read no file of settings."""
    _BEGUN.append(True)


def check_folder() -> None:
    """Raise Misconfigured where Chainlit has read the `.env` of the working folder: `chainlit run` does."""
    if not _BEGUN and Path(".env").exists():
        raise Misconfigured(
            "this folder has a .env, which `chainlit run` reads whether it is trusted or not: "
            "open the chat with attest chat"
        )


def settle(now: float) -> None:
    """Begin this process again where Chainlit began with another folder; else do nothing.

    Chainlit decides on its folder when it is imported, which `chainlit run` does before it loads our file.
    """
    from chainlit.config import APP_ROOT, DEFAULT_CONFIG_STR, TRANSLATIONS_DIR  # noqa: PLC0415  # slow

    if (Path(APP_ROOT) / MARK).is_file():
        return
    take_back(Path(APP_ROOT), DEFAULT_CONFIG_STR, Path(TRANSLATIONS_DIR), now)
    hand_down_chat(Settings.from_environment().values)
    hand_down("CHAINLIT_APP_ROOT", str(ROOT))
    os.execv(sys.executable, [sys.executable, "-P", *sys.orig_argv[1:]])  # noqa: S606  # this very command


def keep_apart() -> None:
    """Give the files of this process's sessions a folder of their own, for its owner only.

    Chainlit's folder is the same for every server that was started from `ui/`, and whichever ends first
    removes it with the files of the others.
    """
    from chainlit import config, server  # noqa: PLC0415  # slow

    config.FILES_DIRECTORY = vars(server)["FILES_DIRECTORY"] = process_folder()


def take_back(root: Path, config: str, translations: Path, now: float) -> None:
    """Remove what Chainlit made in a folder a moment ago; what is older or was changed stays."""
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
