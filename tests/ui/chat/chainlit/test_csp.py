"""The page asks nobody else for anything."""

from __future__ import annotations

import base64
import hashlib
import re
from importlib.util import find_spec
from pathlib import Path

from ui.chat.chainlit.csp import security_policy, without_foreign_links


def shipped() -> str:
    spec = find_spec("chainlit")
    assert spec is not None
    assert spec.origin is not None
    return (Path(spec.origin).parent / "frontend" / "dist" / "index.html").read_text()


def test_no_address_of_another_host_is_left() -> None:
    """The page that is shipped names fonts and a stylesheet elsewhere; what is served does not."""
    assert "https://" in shipped()
    assert not re.findall(r"https?://", without_foreign_links(shipped()))


def test_every_script_in_the_page_is_named_in_its_policy() -> None:
    """A script that was put in later does not run, nothing else is asked, and no frame holds the page."""
    page = without_foreign_links(shipped())
    told = security_policy(page)
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert scripts
    for script in scripts:
        assert base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() in told
    assert {"default-src 'self'", "connect-src 'self'", "frame-ancestors 'none'"} <= set(told.split("; "))
    assert "'unsafe-inline'" not in told.partition("style-src")[0]
