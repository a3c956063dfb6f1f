"""Run the command line, and say on the last line what it cost: seconds of CPU, and the most KiB it held."""

import atexit
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))


def _say() -> None:
    # Not ru_maxrss: a process begins with that of the one it was forked from.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    held = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    sys.stderr.write(f"{time.process_time():.2f} {held}\n")


if __name__ == "__main__":
    from ui.cli import main

    atexit.register(_say)
    main()
