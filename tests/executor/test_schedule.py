from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from iconbuild.executor.batches import Batch, batches
from iconbuild.executor.schedule import Schedule
from iconbuild.model.work import Action
from tests.builders import action


@st.composite
def graphs(draw: st.DrawFn) -> list[Action]:
    """Actions in an order in which they can run; inputs may be named twice."""
    made: list[Action] = []
    for number in range(draw(st.integers(1, 14))):
        inputs = draw(st.lists(st.sampled_from(made), max_size=4)) if made else []
        made.append(action(f"a{number}", inputs))
    return made


def descendants(todo: Sequence[Action], start: Action) -> set[Action]:
    found = {start}
    for each in todo:
        if any(ahead.key in each.inputs for ahead in found):
            found.add(each)
    return found - {start}


@given(graphs(), st.data())
def test_each_once_and_never_before_its_inputs(todo: list[Action], data: st.DataObject) -> None:
    schedule = Schedule(todo)
    running: list[Batch] = []
    done: list[Action] = []

    def end(batch: Batch) -> None:
        for each in batch:
            assert set(each.inputs) <= {ahead.key for ahead in done}
            done.append(each)
            schedule.done(each)

    while True:
        if running and data.draw(st.booleans()):
            end(running.pop(data.draw(st.integers(0, len(running) - 1))))
        elif (taken := schedule.take()) is not None:
            own = {each.key for each in taken}
            assert {key for each in taken for key in each.inputs} - own <= {each.key for each in done}
            running.append(taken)
        elif not running:
            break
        else:
            end(running.pop())
    assert sorted(each.label for each in done) == sorted(each.label for each in todo)
    assert list(schedule.remaining()) == []


@given(graphs(), st.data())
def test_who_needs_a_failure_is_never_released(todo: list[Action], data: st.DataObject) -> None:
    failing = set(data.draw(st.sets(st.sampled_from(todo))))
    schedule = Schedule(todo)
    lost: set[Action] = set()
    while (taken := schedule.take()) is not None:
        for each in taken:
            if each in failing or any(ahead.key in each.inputs for ahead in lost):
                lost.add(each)
            else:
                schedule.done(each)
    needy = {below for each in failing for below in descendants(todo, each)}
    assert lost.union(schedule.remaining()) == failing | needy


@given(graphs(), st.data())
def test_what_was_not_begun_remains_in_order(todo: list[Action], data: st.DataObject) -> None:
    schedule = Schedule(todo)
    begun: set[Action] = set()
    for _ in range(data.draw(st.integers(0, len(todo)))):
        for each in schedule.take() or ():
            begun.add(each)
            schedule.done(each)
    left = [batch for batch in batches(todo) if not begun.intersection(batch)]
    assert list(schedule.remaining()) == [each for batch in left for each in batch]


def test_inputs_of_elsewhere_are_done_already() -> None:
    known = action("known")
    needs = action("needs", [known])
    assert Schedule([needs]).take() == (needs,)
