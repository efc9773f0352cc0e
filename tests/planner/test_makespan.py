from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iconbuild.model.manifest import Chain
from iconbuild.model.ports import Limit
from iconbuild.planner.makespan import makespan

LIMITS = st.builds(
    Limit, calls=st.integers(1, 12), window=st.integers(1, 120).map(float), latency=st.integers(1, 150).map(float)
)


def simulated(calls: int, limit: Limit, *, anchored: bool, chain: Chain) -> float:
    """A server that takes a call when fewer than `count` began within the `window` before it; workers without end."""
    begun: list[float] = []
    ended: list[float] = []
    for call in range(calls):
        ready = 0.0
        if anchored and call:
            ready = ended[call - 1] if chain == "sequential" else ended[0]
        if call >= limit.calls:
            ready = max(ready, begun[call - limit.calls] + limit.window)
        begun.append(max(ready, begun[-1] if begun else 0.0))
        ended.append(begun[-1] + limit.latency)
    return max(ended, default=0.0)


@settings(max_examples=300)
@given(st.integers(0, 60), LIMITS, st.booleans(), st.sampled_from(["star", "sequential"]))
def test_it_is_what_a_server_with_a_sliding_window_takes(
    calls: int, limit: Limit, anchored: bool, chain: Chain
) -> None:
    assert makespan(calls, limit, anchored=anchored, chain=chain) == pytest.approx(
        simulated(calls, limit, anchored=anchored, chain=chain)
    )


@pytest.mark.parametrize(
    ("calls", "anchored", "seconds"),
    [(1, False, 10), (10, False, 10), (11, False, 70), (6, True, 20), (10, True, 20), (11, True, 70), (15, True, 80)],
)
def test_at_ten_calls_a_minute(calls: int, anchored: bool, seconds: float) -> None:
    assert makespan(calls, Limit(calls=10, window=60.0, latency=10.0), anchored=anchored) == seconds


@pytest.mark.parametrize(("calls", "limit"), [(0, Limit(calls=1, window=60.0, latency=1.0)), (-1, None), (99, None)])
def test_no_calls_and_no_limit_take_no_time(calls: int, limit: Limit | None) -> None:
    assert makespan(calls, limit, anchored=True, chain="sequential") == 0
