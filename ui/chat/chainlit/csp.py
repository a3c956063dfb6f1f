"""Restrict the page to this server: it loads nothing from other hosts, and no page can frame it."""

from __future__ import annotations

import base64
import hashlib
import re

_FOREIGN = re.compile(r"<(?:link|meta)\b[^>]*https?://[^>]*>\s*")
_INLINE = re.compile(r"<script>(.*?)(?:</script>|\Z)", re.DOTALL)
# The page compiles the JSX of the elements with eval. Only files of this project reach that.
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-eval' {hashes}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "frame-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)


def without_foreign_links(page: str) -> str:
    """Remove every link to another host from a page."""
    return _FOREIGN.sub("", page)


def security_policy(page: str) -> str:
    """Return the Content-Security-Policy of a page: no other host, and no script that is not in the page."""
    return _POLICY.format(hashes=" ".join(f"'sha256-{_hash(text)}'" for text in _INLINE.findall(page)))


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
