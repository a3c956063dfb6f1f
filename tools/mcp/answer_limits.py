"""How long the answers and definitions of a server may be."""

from __future__ import annotations

MOST_BYTES = 8 * 1024 * 1024
"""The longest message of a server, as for the reply of a service: no more of it is kept in memory."""

MOST_DEFINED = 64 * 1024
"""The most a server may write to define one tool: its description, its schema and its annotations."""

MOST_TOOLS = 1_000
"""The most tools of one server."""
