from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from iconbuild.executor.batches import Batch, batches
from iconbuild.executor.lanes import LOCAL, Lane, lane_of
from iconbuild.executor.schedule import Schedule
from iconbuild.model.values import Params
from iconbuild.model.work import Action, Delegate
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


@st.composite
def mixed(draw: st.DrawFn) -> list[Action]:
    """The same, some of it a provider's work in two pools."""
    made: list[Action] = []
    for number in range(draw(st.integers(1, 14))):
        inputs = draw(st.lists(st.sampled_from(made), max_size=4)) if made else []
        pool = draw(st.sampled_from(["files", "generation", "processing"]))
        made.append(action(f"a{number}", inputs) if pool == "files" else remote(f"a{number}", inputs, pool))
    return made


def remote(label: str, inputs: Sequence[Action] = (), pool: str = "generation") -> Action:
    """A task of the provider `far`."""
    work = Delegate("far", "draw", 1, Params({"label": label}))
    return Action(work, tuple(each.key for each in inputs), label, pool)


def take_any(schedule: Schedule, lanes: Sequence[Lane]) -> Batch | None:
    """The next batch of the first lane that has one."""
    for lane in lanes:
        if batch := schedule.take(lane):
            return batch
    return None


@given(mixed(), st.sampled_from([(), ("far",)]), st.data())
def test_each_once_and_never_before_its_inputs(
    todo: list[Action], providers: Sequence[str], data: st.DataObject
) -> None:
    schedule = Schedule(todo, providers)
    lanes = schedule.lanes
    assert set(lanes) == {lane_of(each, providers) for each in todo}
    assert providers or lanes == [LOCAL]
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
        elif (taken := take_any(schedule, data.draw(st.permutations(lanes)))) is not None:
            assert {lane_of(each, providers) for each in taken} <= set(lanes)
            own = {each.key for each in taken}
            assert {key for each in taken for key in each.inputs} - own <= {each.key for each in done}
            running.append(taken)
        elif not running:
            break
        else:
            end(running.pop())
    assert sorted(each.label for each in done) == sorted(each.label for each in todo)
    assert list(schedule.remaining()) == []


@given(mixed(), st.data())
def test_who_needs_a_failure_is_never_released(todo: list[Action], data: st.DataObject) -> None:
    failing = set(data.draw(st.sets(st.sampled_from(todo))))
    schedule = Schedule(todo, ("far",))
    lanes, lost = schedule.lanes, set[Action]()
    while taken := take_any(schedule, lanes):
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


@given(mixed())
def test_without_a_provider_behind_a_network_all_is_local(todo: list[Action]) -> None:
    schedule, alone = Schedule(todo, ("near",)), Schedule(todo)
    assert schedule.lanes == alone.lanes == [LOCAL]
    while taken := alone.take():
        assert schedule.take() == taken
        for each in taken:
            alone.done(each)
            schedule.done(each)
    assert schedule.take() is None


@given(mixed())
def test_what_most_others_wait_for_comes_first_in_its_lane(todo: list[Action]) -> None:
    schedule, batched = Schedule(todo, ("far",)), batches(todo)
    far = {each for each in todo if isinstance(each.work, Delegate)}
    for lane in schedule.lanes:
        if lane == LOCAL:
            continue
        taken: list[Batch] = []
        while batch := schedule.take(lane):
            taken.append(batch)
        places = [batched.index(batch) for batch in taken]
        waiting = [bool(far & descendants(todo, batch[0])) for batch in taken]
        assert waiting == sorted(waiting, reverse=True)
        leaves = [place for place, has in zip(places, waiting, strict=True) if not has]
        assert leaves == sorted(leaves)


def test_the_longer_chain_comes_first_whatever_else_hangs_on_it() -> None:
    sprite = remote("plain")
    files = [action(f"file {number}", [sprite]) for number in range(9)]
    star = remote("star")
    rays = [remote(f"ray {number}", [star]) for number in range(2)]
    head = remote("head")
    finished = action("finished", [head])
    chain = [saved := remote("saved", [finished], "upload"), remote("seen", [saved]), remote("shown", [saved])]
    schedule = Schedule([sprite, *files, star, *rays, head, finished, *chain], ("far",))
    generation, upload = Lane("far", "generation"), Lane("far", "upload")
    assert schedule.lanes == [generation, LOCAL, upload]
    assert [schedule.take(generation) for _ in range(4)] == [(head,), (star,), (sprite,), None]
    assert schedule.take(upload) is None


def test_a_step_at_a_provider_parts_what_is_made_of_one_picture() -> None:
    drawn = remote("drawn")
    away = remote("away", [drawn], "processing")
    icons = [action("file", [drawn]), action("other", [away])]
    schedule = Schedule([drawn, away, *icons], ("far",))
    assert schedule.take(Lane("far", "generation")) == (drawn,)
    schedule.done(drawn)
    assert (schedule.take(), schedule.take()) == ((icons[0],), None)
    assert schedule.take(Lane("far", "processing")) == (away,)
    schedule.done(away)
    assert schedule.take() == (icons[1],)
