"""The other side of the pool in its tests: some jobs end the process, some processes never begin."""

from __future__ import annotations

import os
import sys
import time

from iconbuild.model.retouch import Placed, Reply, Retouch
from iconbuild.retoucher.pool import serve


def do(job: Retouch) -> Reply:
    """The number of the process as its only file; `die` and `slow` do what they say."""
    if job.source.startswith("die"):
        os._exit(7)
    if job.source.startswith("slow"):
        time.sleep(0.3)
    placed = Placed(str(os.getpid()), "png", "written", 1)
    return Reply(job.source, (placed,) * max(1, len(job.files)), remarks=("done",))


def main() -> None:
    """Obey the order that comes first: `work`, or `vanish`."""
    if sys.stdin.readline().strip() == "vanish":
        os._exit(3)
    serve(do, sys.stdin, sys.stdout)
