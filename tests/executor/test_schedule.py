from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

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
    running: list[Action] = []
    done: list[Action] = []
    while True:
        if running and data.draw(st.booleans()):
            ended = running.pop(data.draw(st.integers(0, len(running) - 1)))
            done.append(ended)
            schedule.done(ended)
        elif (taken := schedule.take()) is not None:
            assert set(taken.inputs) <= {each.key for each in done}
            running.append(taken)
        elif not running:
            break
        else:
            done.append(running.pop())
            schedule.done(done[-1])
    assert sorted(each.label for each in done) == sorted(each.label for each in todo)
    assert list(schedule.remaining()) == []


@given(graphs(), st.data())
def test_a_failure_drops_those_who_need_it_and_nobody_else(todo: list[Action], data: st.DataObject) -> None:
    failing = set(data.draw(st.sets(st.sampled_from(todo))))
    schedule = Schedule(todo)
    done: list[Action] = []
    failed: list[Action] = []
    dropped: list[Action] = []
    while (taken := schedule.take()) is not None:
        if taken in failing:
            failed.append(taken)
            dropped += schedule.failed(taken)
        else:
            done.append(taken)
            schedule.done(taken)
    assert sorted(each.label for each in [*done, *failed, *dropped]) == sorted(each.label for each in todo)
    assert set(dropped) == {below for each in failed for below in descendants(todo, each)}


@given(graphs(), st.data())
def test_what_was_not_begun_remains_in_order(todo: list[Action], data: st.DataObject) -> None:
    schedule = Schedule(todo)
    begun = []
    for _ in range(data.draw(st.integers(0, len(todo)))):
        taken = schedule.take()
        if taken is not None:
            begun.append(taken)
            schedule.done(taken)
    dropped = list(schedule.failed(todo[0])) if todo[0] not in begun else []
    assert list(schedule.remaining()) == [each for each in todo if each not in begun and each not in dropped]


def test_inputs_of_elsewhere_are_done_already() -> None:
    known = action("known")
    needs = action("needs", [known])
    assert Schedule([needs]).take() == needs


def test_those_that_may_run_come_in_the_order_of_the_worklist() -> None:
    todo = [action(name) for name in "cab"]
    schedule = Schedule(todo)
    assert [schedule.take() for _ in range(4)] == [*todo, None]
