"""What is remembered of a document that could not be read whole: it is said again and not tried again."""

from __future__ import annotations

from dataclasses import dataclass

_BROKEN, _PARTIAL = " broken ", " partial "


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Hold why a document is `broken`, or what part is missing; no `reason` means it was read whole."""

    reason: str = ""
    broken: bool = False

    def beside(self, fingerprint: str) -> str:
        """Write the remark behind a fingerprint."""
        return (
            f"{fingerprint}{_BROKEN if self.broken else _PARTIAL}{self.reason}"
            if self.reason
            else fingerprint
        )


def remembered(fingerprint: str, stored: str | None) -> Remark | None:
    """Return the remark stored for a file that still looks the same, or None when it must be read."""
    if stored is None or stored.partition(" ")[0] != fingerprint:
        return None
    rest = stored.removeprefix(fingerprint)
    return Remark(reason=rest.removeprefix(_BROKEN).removeprefix(_PARTIAL), broken=rest.startswith(_BROKEN))
