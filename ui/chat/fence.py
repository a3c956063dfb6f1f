"""Keep the page to this server: it asks nobody else for anything."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable

_FOREIGN = re.compile(r"<(?:link|meta)\b[^>]*https?://[^>]*>\s*")
_INLINE = re.compile(r"<script>(.*?)(?:</script>|\Z)", re.DOTALL)
_HEAD = re.compile(r"<head>")
# Elements are JSX that the page compiles: the frontend needs eval for that. Only our own files reach it.
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-eval' {hashes}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws: wss:; "
    "worker-src 'self' blob:; frame-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'"
)


def fenced(template: Callable[[str], str]) -> Callable[[str], str]:
    """Return what makes the page of Chainlit without addresses of others, and with a policy against them."""

    def page(root_path: str) -> str:
        return local(template(root_path))

    return page


def local(page: str) -> str:
    """Take every link to another host out of a page, and forbid it the rest."""
    page = _FOREIGN.sub("", page)
    policy = _POLICY.format(hashes=" ".join(f"'sha256-{_hash(text)}'" for text in _INLINE.findall(page)))
    return _HEAD.sub(
        f'<head>\n    <meta http-equiv="Content-Security-Policy" content="{policy}">', page, count=1
    )


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
