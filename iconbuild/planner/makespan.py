"""A number of calls and a provider's limit become the seconds they take at best."""

from __future__ import annotations

from iconbuild.model.manifest import Chain
from iconbuild.model.ports import Limit


def makespan(calls: int, limit: Limit | None, *, anchored: bool = False, chain: Chain = "star") -> float:
    """Seconds for `calls` calls under a sliding-window limit, all but the anchor's side by side.

    With R calls per window W, a latency L <= W, and q, r = divmod(calls - 1, R): q*W + (2L if r else L) for q >= 1,
    else 2L; without an anchor q*W + L. A sequential chain waits for each picture before the next: the slower of its
    latencies and of its windows, calls*L or q*W + (r + 1)*L.
    """
    if calls <= 0 or limit is None:
        return 0.0
    latency = limit.latency
    windows, rest = divmod(calls - 1, limit.calls)
    if not anchored:
        return windows * limit.window + latency
    if chain == "sequential":
        return max(calls * latency, windows * limit.window + (rest + 1) * latency)
    if rest:
        return windows * limit.window + 2 * latency
    # The first call of a window waits for the window before it, and the very first follower for the anchor as well.
    return (windows - 1) * limit.window + max(limit.window, latency) + latency if windows else latency
