"""Write numbers with their nouns, and money."""

from __future__ import annotations

from ui.catalogue import _, ngettext


def count_calls(number: int) -> str:
    """Write how many calls were made."""
    return ngettext("{number} call", "{number} calls", number).format(number=number)


def spent(usd: str, estimate: str | None) -> str:
    """Say what was spent in dollars, and the most that was planned for."""
    said = _("spent ${usd}").format(usd=usd)
    return said if estimate is None else said + _(", planned for at most ${usd}").format(usd=estimate)
