"""Keep the page to this server: it asks nobody else for anything, and stands in nobody's frame."""

from __future__ import annotations

import base64
import hashlib
import re

_FOREIGN = re.compile(r"<(?:link|meta)\b[^>]*https?://[^>]*>\s*")
_INLINE = re.compile(r"<script>(.*?)(?:</script>|\Z)", re.DOTALL)
# Elements are JSX that the page compiles: the frontend needs eval for that. Only our own files reach it.
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-eval' {hashes}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "frame-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)


def local(page: str) -> str:
    """Take every link to another host out of a page."""
    return _FOREIGN.sub("", page)


def policy(page: str) -> str:
    """Return what a browser is told of a page: other hosts, and scripts that are not in it, are forbidden."""
    return _POLICY.format(hashes=" ".join(f"'sha256-{_hash(text)}'" for text in _INLINE.findall(page)))


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
