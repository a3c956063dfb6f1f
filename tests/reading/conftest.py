"""Let Hypothesis take its time, and import Chainlit once, where it may write and warn as it likes."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
import warnings

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

# Chainlit makes its folders where it is imported, and what it imports warns of its own future.
if "CHAINLIT_APP_ROOT" not in os.environ:
    os.environ["CHAINLIT_APP_ROOT"] = tempfile.mkdtemp(prefix="attest-chainlit-")
    atexit.register(shutil.rmtree, os.environ["CHAINLIT_APP_ROOT"], ignore_errors=True)
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import chainlit.auth
    import chainlit.server  # noqa: F401
