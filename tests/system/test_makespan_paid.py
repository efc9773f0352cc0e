"""A paid build takes as long as the limits of the provider demand and no longer, and never provokes a 429.

The exact times are those of a virtual clock under the real executor, desk, ledger and limiter; the order and the
absence of 429 are also asked of a real sandbox.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest

from iconbuild.executor import crew, execute
from iconbuild.model.ports import Limit
from iconbuild.planner.makespan import makespan
from iconbuild.store.ledger.turns import MARGIN
from tests.sandbox.serving import sandbox_process
from tests.system.paid import Shop, anchored, plain
from tests.system.project import Project
from tests.system.rehearsal import LIMIT, Distant, Rehearsal
from tests.system.rows import asked
from tests.system.virtual import Line, VirtualTime


def best(count: int, limit: Limit) -> float:
    """Seconds for an anchor and `count` - 1 followers at best, as peers.md has it, without post-processing."""
    windows, rest = divmod(count - 1, limit.calls)
    if windows == 0:
        return 2 * limit.latency
    return windows * limit.window + (2 * limit.latency if rest else limit.latency)


@pytest.fixture
def rehearsal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rehearsal:
    """A rehearsal in which the threads of a run hand over their work through lines that the clock knows of."""
    time = VirtualTime()
    for module in (execute, crew):
        monkeypatch.setattr(module, "queue", SimpleNamespace(SimpleQueue=lambda: Line[object](time)))
    return Rehearsal(tmp_path, time, Distant(time))


def chained(count: int, *, chain: str = "star") -> str:
    """A set whose first icon is the anchor."""
    return anchored(_subjects(count), more=f"chain: {chain}\n")


def _subjects(count: int) -> dict[str, str]:
    return {f"icon-{number}": f"thing number {number}" for number in range(count)}


def most_in(window: float, times: Sequence[float]) -> int:
    """The most calls that came within any `window` seconds."""
    return max(sum(0 <= later - first < window for later in times) for first in times)


@pytest.mark.parametrize("count", [2, 6, 10, 11, 15, 21, 50])
def test_an_anchored_set_takes_as_long_as_the_limit_demands(rehearsal: Rehearsal, count: int) -> None:
    began = rehearsal.time.now
    rehearsal.build("set", chained(count))
    took = rehearsal.time.now - began
    assert took == pytest.approx(best(count, LIMIT._replace(window=LIMIT.window + MARGIN)), abs=0.1)
    assert took <= 1.03 * best(count, LIMIT) + 1
    assert makespan(count, LIMIT, anchored=True) == best(count, LIMIT)
    assert most_in(LIMIT.window, rehearsal.wire.arrived) == min(count, LIMIT.calls)


@pytest.mark.parametrize("count", [1, 10, 11, 35])
def test_icons_that_follow_nobody_are_drawn_side_by_side(rehearsal: Rehearsal, count: int) -> None:
    began = rehearsal.time.now
    rehearsal.build("set", plain(*(f"thing{number}" for number in range(count))))
    took = rehearsal.time.now - began
    assert took == pytest.approx(makespan(count, LIMIT._replace(window=LIMIT.window + MARGIN)), abs=0.1)
    assert took <= 1.03 * makespan(count, LIMIT) + 1
    assert most_in(LIMIT.window, rehearsal.wire.arrived) <= LIMIT.calls


def test_a_sequential_chain_takes_a_latency_for_each(rehearsal: Rehearsal) -> None:
    began = rehearsal.time.now
    rehearsal.build("set", chained(8, chain="sequential"))
    assert rehearsal.time.now - began == pytest.approx(8 * LIMIT.latency, abs=0.1)
    assert makespan(8, LIMIT, anchored=True, chain="sequential") == 8 * LIMIT.latency


def test_all_that_the_window_takes_follow_the_anchor_at_once(rehearsal: Rehearsal) -> None:
    rehearsal.build("set", chained(15))
    (began, first), *others = rehearsal.wire.sent
    assert first == "thing number 0"
    assert [at for at, _ in others[:9]] == pytest.approx([began + LIMIT.latency] * 9, abs=0.1)
    assert others[9][0] == pytest.approx(began + LIMIT.window + MARGIN, abs=0.1)


def test_the_anchor_goes_before_all_that_nobody_waits_for(rehearsal: Rehearsal) -> None:
    loose = "".join(f"  loose-{number}: {{subject: loose {number}, anchor: none}}\n" for number in range(12))
    rehearsal.build("set", chained(3).replace("icons:\n", f"icons:\n{loose}"))
    began = rehearsal.wire.sent[0][0]
    assert (began, "thing number 0") in rehearsal.wire.sent[:10]


def test_a_second_run_waits_for_what_the_first_has_left_of_the_window(rehearsal: Rehearsal) -> None:
    rehearsal.build("first", plain(*(f"thing{number}" for number in range(6))))
    first = rehearsal.wire.sent[0][0]
    rehearsal.build("second", plain(*(f"other{number}" for number in range(6))))
    times = [at for at, _ in rehearsal.wire.sent[6:]]
    assert times[:4] == pytest.approx([first + LIMIT.latency] * 4, abs=0.1)
    assert times[4:] == pytest.approx([first + LIMIT.window + MARGIN] * 2, abs=0.1)
    assert most_in(LIMIT.window, rehearsal.wire.arrived) == LIMIT.calls


def test_without_a_margin_the_server_would_count_too_many(rehearsal: Rehearsal) -> None:
    """The measure can fail: requests travel, so that a window which is kept here is not always kept there."""
    rehearsal.build("set", chained(50), margin=0.0)
    assert most_in(LIMIT.window, rehearsal.wire.arrived) > LIMIT.calls


def generations(shop: Shop) -> list[float]:
    """When this shop's generations reached the server, in seconds."""
    return [each["time"] for each in asked(shop)]


def test_a_real_server_sees_the_same_order_and_refuses_nothing(project: Project) -> None:
    """Time a thirtieth of the real one: an anchor and fourteen others through windows of two seconds."""
    window, latency = 2.0, 0.4
    with sandbox_process(window=window, latency=latency) as sandbox:
        shop = Shop(project, sandbox)
        project.write(chained(15))
        shop.build(env={"ICONBUILD_REHEARSAL_WINDOW": str(window)}).ok()
        times = generations(shop)
        assert sandbox.requests()["limited"] == 0
        assert shop.charges()[0]["subject"] == "thing number 0"
    assert len(times) == 15
    assert times[1] - times[0] >= latency, "the others need the anchor's picture"
    assert times[10] - times[0] >= window, "ten are as many as a window takes"
    assert most_in(window, times) <= LIMIT.calls


@pytest.mark.torture
@pytest.mark.parametrize("count", [6, 15, 50])
def test_the_makespan_on_a_real_server(project: Project, count: int) -> None:
    """Time a tenth of the real one. The best of three: whatever else this machine does only makes a run longer."""
    limit = Limit(LIMIT.calls, LIMIT.window / 10, LIMIT.latency / 10)
    made = []
    for attempt in range(3):
        with sandbox_process(window=limit.window, latency=limit.latency) as sandbox:
            shop = Shop(project.sibling(f"try-{attempt}", cache=f"cache-{attempt}"), sandbox)
            shop.project.write(chained(count))
            shop.build(env={**_apart(shop), "ICONBUILD_REHEARSAL_WINDOW": str(limit.window)}).ok()
            times = generations(shop)
            assert sandbox.requests()["limited"] == 0
        made.append(times[-1] - times[0] + limit.latency)
        if made[-1] <= 1.03 * best(count, limit) + 1:
            return
    raise AssertionError(f"{made} instead of {best(count, limit)}")


def _apart(shop: Shop) -> dict[str, str]:
    """A ledger for each try: what one has bought is not for the next."""
    return {"ICONBUILD_STATE_DIR": str(shop.project.base / f"state-{shop.project.name}")}
