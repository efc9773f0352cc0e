"""How long a plan takes at a provider's limits, drawing and what follows it side by side."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iconbuild.model.manifest import StepSpec
from iconbuild.model.ports import Limit
from iconbuild.model.values import ActionKey
from iconbuild.model.work import Action, Delegate, Generate, Plan
from iconbuild.planner.makespan import makespan
from iconbuild.planner.timing import seconds_at_limits
from iconbuild.providers.iconly.provider import IconlyProvider
from tests.builders import icon, manifest, output, planned, step

LIMITS = {"generation": Limit(10, 60.0, 10.0), "processing": Limit(30, 60.0, 2.0), "upload": Limit(20, 60.0, 2.0)}
SMART, CROP, RECOLOR = step("smart-remove-bg", True), step("crop", 5), step("recolor", "#fff")


def drawn(count: int, *steps: StepSpec, anchored: bool = False, library: bool = False) -> Plan:
    """A set of so many icons at Iconly, its steps there too."""
    names = [f"i{number}" for number in range(count)]
    icons = [icon(name, steps=steps, anchor="i0" if anchored and name != "i0" else None) for name in names]
    outputs = (output("files", "dist"), *((output("library", "l.html"),) if library else ()))
    return planned(manifest(*icons, provider="iconly", outputs=outputs, steps_on="provider"))


def seconds(plan: Plan, lost: set[ActionKey] | None = None) -> float:
    todo = [action for action in plan.actions.values() if lost is None or action.key in lost]
    return seconds_at_limits(todo, LIMITS.get, "star")


def test_the_limits_are_those_of_the_tariff() -> None:
    assert {pool: IconlyProvider().limit(pool) for pool in LIMITS} == LIMITS


@pytest.mark.parametrize(("count", "expected"), [(6, 20), (15, 80), (50, 260)])
def test_drawing_alone_takes_what_the_formula_says(count: int, expected: float) -> None:
    assert seconds(drawn(count, anchored=True)) == expected == makespan(count, LIMITS["generation"], anchored=True)


def test_steps_there_add_the_path_of_the_last_picture() -> None:
    assert seconds(drawn(6, CROP, anchored=True)) == 22
    assert seconds(drawn(6, CROP, RECOLOR, anchored=True)) == 24
    assert seconds(drawn(15, CROP, anchored=True)) == 82
    assert seconds(drawn(6, SMART, CROP, anchored=True)) > seconds(drawn(6, SMART, anchored=True)) > 20


def test_many_steps_wait_for_their_own_windows() -> None:
    # Ten pictures after ten seconds, and forty calls at thirty a minute.
    assert seconds(drawn(10, CROP, CROP, RECOLOR, RECOLOR)) == 72


def test_saves_come_last() -> None:
    assert seconds(drawn(1, CROP, library=True)) == 10 + 2 + 2
    plan = drawn(25, library=True)
    saves = {each.key for each in plan.actions.values() if isinstance(each.work, Delegate)}
    assert seconds(plan, saves) == 62


def test_a_provider_without_limits_takes_no_time() -> None:
    todo = list(drawn(3, CROP).actions.values())
    assert seconds_at_limits(todo, lambda _: None, "star") == 0
    assert seconds_at_limits([], LIMITS.get, "star") == 0


@given(st.integers(1, 40), st.lists(st.sampled_from([SMART, CROP, RECOLOR]), max_size=4), st.booleans(), st.booleans())
def test_it_is_never_less_than_any_pool_or_any_path_needs(
    count: int, steps: list[StepSpec], anchored: bool, library: bool
) -> None:
    todo = list(drawn(count, *steps, anchored=anchored, library=library).actions.values())
    took = seconds_at_limits(todo, LIMITS.get, "star")
    sent = [action for action in todo if isinstance(action.work, (Generate, Delegate))]
    for pool, limit in LIMITS.items():
        assert took >= makespan(sum(action.pool == pool for action in sent), limit)
    ends: dict[ActionKey, float] = {}
    for action in todo:
        ends[action.key] = max((ends[key] for key in action.inputs), default=0.0) + _latency(action)
    assert took >= max(ends.values())


def _latency(action: Action) -> float:
    return LIMITS[action.pool].latency if isinstance(action.work, (Generate, Delegate)) else 0.0
