"""Name each failure by the caller's next move.

AttestError
├── Misconfigured   the operator mends a setting, a file or a permission
├── Refused         the caller is shown why; asking again unchanged is refused again
│   └── Busy        another process works on the run; the caller waits for it or stops it
├── Unavailable     the same call may succeed later (the only error that is retried)
├── Unusable        this source is dropped and the run goes on
└── Exhausted       no budget or time is left; the run finishes with what it has
"""

from __future__ import annotations

from graph.costs import Tokens


class AttestError(Exception):
    """Carry one line: what is wrong, then the way out.

    `cost` is what the failed call was billed, in micro-dollars, and `tokens` those that a model was sent and
    wrote.
    """

    cost = 0
    tokens: Tokens | None = None


class Misconfigured(AttestError):
    """Say what the operator must mend."""


class Refused(AttestError):
    """Say which rule refused the request, and why."""


class Busy(Refused):
    """Say which run another process works on."""


class Unavailable(AttestError):
    """Say which service did not answer; a later call may succeed, after `retry_after` seconds if given.

    `reached` says that the service may have done the work, and billed it, all the same.
    """

    def __init__(self, message: str, *, retry_after: float | None = None, reached: bool = False) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        self.reached = reached


class Unusable(AttestError):
    """Say which source was dropped, and why."""


class Exhausted(AttestError):
    """Say which limit was reached."""
