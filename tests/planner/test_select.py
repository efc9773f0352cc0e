from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from iconbuild.model.values import ActionKey
from iconbuild.model.work import Generate, Plan, Worklist
from iconbuild.planner.select import select
from tests.builders import icon, manifest, output, planned, step, theme

CROP = (step("crop", 5),)


def follow(*names: str) -> Plan:
    """An anchor `a` and its followers, with a step each."""
    return planned(manifest(icon("a", steps=CROP), *(icon(name, anchor="a", steps=CROP) for name in names)))


def chosen(
    plan: Plan,
    *,
    placed: Collection[str] = (),
    lost: Collection[ActionKey] | None = None,
    only: Collection[str] | None = None,
) -> Worklist:
    """The worklist; `lost` are the recipes whose bytes are gone (None: nothing was ever made)."""
    known = (lambda key: False) if lost is None else (lambda key: key not in lost)
    return select(plan, placed=placed, known=known, only=only)


def verbs(worklist: Worklist) -> dict[str, str]:
    return {verdict.name: verdict.action for verdict in worklist.verdicts}


def labels(worklist: Worklist) -> list[tuple[str, str]]:
    return [(action.pool, action.label) for action in worklist.todo]


def source_of(plan: Plan, name: str) -> ActionKey:
    return next(each.source for each in plan.icons if each.name == name)


def behind(plan: Plan, name: str) -> set[ActionKey]:
    """The file and the steps of an icon."""
    found = {target.key for target in plan.targets if target.icon == name}
    waiting = list(found)
    while waiting:
        inputs = set(plan.actions[waiting.pop()].inputs) - {source_of(plan, name)}
        found |= inputs
        waiting += inputs
    return found


def all_paths(plan: Plan) -> list[str]:
    return [target.path for target in plan.targets]


def test_everything_is_made_where_nothing_is_known() -> None:
    plan = follow("b", "c")
    worklist = chosen(plan)
    assert worklist.todo == tuple(plan.actions.values())
    assert worklist.write == plan.targets
    assert verbs(worklist) == {"a": "generate", "b": "generate", "c": "generate"}
    assert [verdict.cost.amount for verdict in worklist.verdicts] == [3, 5, 5]
    assert worklist.cost.token == 13


def test_nothing_is_done_where_everything_is_in_place_whatever_was_lost() -> None:
    plan = follow("b")
    worklist = chosen(plan, placed=all_paths(plan))
    assert (worklist.todo, worklist.write) == ((), ())
    assert verbs(worklist) == {"a": "reuse", "b": "reuse"}
    assert worklist.cost.token == 0


def test_what_is_known_is_only_written() -> None:
    plan = follow("b")
    worklist = chosen(plan, lost=(), placed=["dist/a-64.png"])
    assert worklist.todo == ()
    assert [target.path for target in worklist.write] == ["dist/b-64.png"]
    assert verbs(worklist) == {"a": "reuse", "b": "restore"}


def test_a_lost_picture_that_nobody_needs_is_not_bought_again() -> None:
    plan = follow("b", "c")
    lost = {source_of(plan, name) for name in "abc"}
    worklist = chosen(plan, lost=lost)
    assert worklist.todo == ()
    assert set(verbs(worklist).values()) == {"restore"}


def test_a_lost_picture_that_is_needed_is_bought_again() -> None:
    plan = follow("b", "c")
    worklist = chosen(plan, lost={source_of(plan, "a"), source_of(plan, "b"), *behind(plan, "b")})
    steps = [("steps", "b")] * 2  # the canvas, and one step on it
    assert labels(worklist) == [("generation", "a"), ("generation", "b"), *steps, ("files", "dist/b-64.png")]
    assert verbs(worklist) == {"a": "generate", "b": "generate", "c": "restore"}
    assert worklist.cost.token == 8


def test_an_anchor_is_drawn_for_its_followers_though_its_own_files_are_in_place() -> None:
    plan = follow("b")
    worklist = chosen(plan, placed=["dist/a-64.png"])
    assert labels(worklist)[0] == ("generation", "a")
    assert verbs(worklist) == {"a": "generate", "b": "generate"}


def test_a_known_picture_stops_the_walk() -> None:
    plan = follow("b")
    worklist = chosen(plan, lost={source_of(plan, "a"), *behind(plan, "b")}, placed=["dist/a-64.png"])
    assert labels(worklist) == [("steps", "b"), ("steps", "b"), ("files", "dist/b-64.png")]
    assert verbs(worklist) == {"a": "reuse", "b": "process"}
    assert worklist.cost.token == 0
    assert worklist.cost.bound == "exact"


def test_some_icons_only() -> None:
    outputs = (output("files", "dist"), output("sprite", "dist/s.png"))
    made = manifest(icon("a"), icon("b", anchor="a"), icon("c", anchor="a"), outputs=outputs)
    worklist = chosen(planned(made), only={"b"})
    assert [target.path for target in worklist.write] == ["dist/b-64.png"]
    assert [label for _, label in labels(worklist)] == ["a", "b", "dist/b-64.png"]
    assert verbs(worklist) == {"a": "generate", "b": "generate"}
    assert worklist.cost.token == 8
    assert verbs(chosen(planned(made), lost=(), only={"b"})) == {"b": "restore"}


def test_a_shared_picture_is_paid_once_by_the_first() -> None:
    plan = planned(manifest(icon("home", subject="house"), icon("start", subject="house")))
    worklist = chosen(plan)
    assert verbs(worklist) == {"home": "generate", "start": "process"}
    assert [verdict.cost.amount for verdict in worklist.verdicts] == [3, 0]
    assert worklist.cost.token == 3


def test_an_unknown_price_is_counted_until_the_picture_is_there() -> None:
    plan = planned(manifest(icon("a", subject="priceless"), icon("b")))
    unknown = chosen(plan)
    assert (unknown.cost.token, unknown.cost.unknown, unknown.cost.bound) == (Decimal(3), 1, "lower")
    assert unknown.verdicts[0].cost.amount is None
    there = chosen(plan, lost={source_of(plan, "b"), *behind(plan, "b")})
    assert (there.cost.token, there.cost.unknown, there.cost.bound) == (Decimal(3), 0, "exact")


def test_artwork_is_processed_and_never_generated() -> None:
    plan = planned(manifest(icon("logo", from_="a.svg")), {"a.svg": b"<svg/>"})
    assert verbs(chosen(plan)) == {"logo": "process"}


def test_steps_for_a_sprite_alone_are_work_on_their_icons() -> None:
    dark = (theme("dark", step("recolor", "#fff")),)
    plan = planned(manifest(icon("a"), icon("b"), themes=dark, outputs=(output("sprite", "dist/s.png"),)))
    (sprite,) = plan.targets
    one_of_two = {sprite.key, plan.actions[sprite.key].inputs[1]}
    assert verbs(chosen(plan, lost=one_of_two)) == {"a": "reuse", "b": "process"}
    assert verbs(chosen(plan, lost={sprite.key})) == {"a": "reuse", "b": "reuse"}


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    names = [f"i{number}" for number in range(draw(st.integers(1, 6)))]
    icons = []
    for place, name in enumerate(names):
        anchor = draw(st.sampled_from([None, *names[:place]]))
        subject = draw(st.sampled_from(["house", "cart", name]))
        icons.append(icon(name, subject=subject, anchor=anchor, steps=draw(st.sampled_from([(), CROP]))))
    kinds = draw(st.sampled_from([("files",), ("sprite",), ("files", "sprite")]))
    outputs = tuple(output(kind, "dist" if kind == "files" else "dist/s.png") for kind in kinds)
    return planned(manifest(*icons, outputs=outputs))


@given(plans(), st.data())
def test_a_worklist_is_closed_ordered_and_minimal(plan: Plan, data: st.DataObject) -> None:
    lost = data.draw(st.sets(st.sampled_from(sorted(plan.actions))))
    placed = data.draw(st.sets(st.sampled_from(all_paths(plan))))
    worklist = chosen(plan, lost=lost, placed=placed)
    todo = {action.key for action in worklist.todo}
    assert todo <= lost
    assert {target.path for target in worklist.write} == set(all_paths(plan)) - placed
    asked = {target.key for target in worklist.write} | {key for action in worklist.todo for key in action.inputs}
    assert todo == asked & lost
    places = {key: place for place, key in enumerate(action.key for action in worklist.todo)}
    assert all(places[key] < places[action.key] for action in worklist.todo for key in action.inputs if key in todo)
    drawn = [action for action in worklist.todo if isinstance(action.work, Generate)]
    assert sum(verdict.action == "generate" for verdict in worklist.verdicts) == len(drawn)
    assert len(worklist.verdicts) == len(plan.icons)
    assert (worklist.cost.token > 0) == bool(drawn)
