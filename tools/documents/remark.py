"""What is remembered of a document that could not be read whole or surely: it is said, not tried again."""

from __future__ import annotations

from dataclasses import dataclass

_BROKEN, _PARTIAL = " broken ", " partial "
_UNSURE = " \x1funsure "
"""What comes behind it may be read wrongly; no name of a file holds such a sign when it is written here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Hold why a document is `broken`, or what part is missing; no `reason` means it was read whole.

    What is `unsure` was read and may be wrong.
    """

    reason: str = ""
    broken: bool = False
    unsure: str = ""

    def beside(self, fingerprint: str) -> str:
        """Write the remark behind a fingerprint."""
        kind = _BROKEN if self.broken else _PARTIAL
        reason = f"{kind}{self.reason}" if self.reason else ""
        return f"{fingerprint}{reason}{_UNSURE}{self.unsure}" if self.unsure else f"{fingerprint}{reason}"


def remembered(fingerprint: str, stored: str | None) -> Remark | None:
    """Return the remark stored for a file that still looks the same, or None when it must be read."""
    if stored is None or stored.partition(" ")[0] != fingerprint:
        return None
    rest, _, unsure = stored.removeprefix(fingerprint).partition(_UNSURE)
    reason = rest.removeprefix(_BROKEN).removeprefix(_PARTIAL)
    return Remark(reason=reason, broken=rest.startswith(_BROKEN), unsure=unsure)
