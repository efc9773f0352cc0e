"""What works on one picture goes together, what several pictures need stays apart, and only steps pass through."""

from __future__ import annotations

from hypothesis import given

from iconbuild.executor.batches import batches, passing
from iconbuild.model.values import Params
from iconbuild.model.work import Action, Apply, Generate
from tests.builders import icon, manifest, output, planned, step, theme
from tests.executor.remote import delegated
from tests.executor.test_schedule import graphs

THEMES = (theme("light", step("recolor", "#000")), theme("dark", step("recolor", "#fff")))
FILES = output("files", {"dir": "dist", "sizes": [16, 32]})
SPRITE = output("sprite", "sprite.png")


def todo(*, steps: bool = True, sprite: bool = False) -> list[Action]:
    """Two icons, two themes with one step each, after two common ones."""
    common = (step("crop", 10), step("thickness", 2)) if steps else ()
    made = manifest(
        icon("house", steps=common),
        icon("cart", steps=common),
        themes=THEMES,
        outputs=(FILES, SPRITE) if sprite else (FILES,),
    )
    return list(planned(made).actions.values())


def described(action: Action) -> str:
    return "draw" if isinstance(action.work, Generate) else getattr(action.work, "tool", "import")


def test_all_that_is_made_of_one_picture_is_one_batch() -> None:
    found = [[described(action) for action in batch] for batch in batches(todo())]
    # The files of a picture come before the steps of the next one, so that few pictures are open at a time.
    chain = ["canvas", "crop", "thickness", *["recolor", "files", "files"] * 2]
    assert found == [["draw"], ["draw"], chain, chain]


def test_a_sprite_waits_for_its_icons_in_a_batch_of_its_own() -> None:
    found = [sorted({described(action) for action in batch}) for batch in batches(todo(sprite=True))]
    assert found.count(["sprite"]) == 2


@given(graphs())
def test_every_action_is_in_one_batch_after_those_it_needs(made: list[Action]) -> None:
    flat = [action for batch in batches(made) for action in batch]
    assert sorted(action.label for action in flat) == sorted(action.label for action in made)
    for batch in batches(made):
        seen: set[object] = set()
        own = {action.key for action in batch}
        for action in batch:
            assert own.intersection(action.inputs) <= seen
            seen.add(action.key)


def test_steps_pass_through_unless_a_file_or_somebody_else_needs_them() -> None:
    actions = todo()
    hidden = [described(action) for action in actions if action.key in passing(actions, ())]
    assert sorted(hidden) == ["canvas"] * 2 + ["crop"] * 2 + ["thickness"] * 2
    kept = next(action.key for action in actions if described(action) == "thickness")
    assert kept not in passing(actions, {kept})


def test_nothing_passes_through_without_steps() -> None:
    assert not passing([action for action in todo(steps=False) if action.pool != "steps"], ())


def test_a_step_at_a_provider_is_a_batch_of_its_own_and_its_input_is_kept() -> None:
    made = todo()
    crop = next(action for action in made if described(action) == "crop")
    away = delegated("remove-bg", crop)
    after = Action(Apply("canvas", 1, Params({"side": 512})), (away.key,), "after", "steps")
    found = batches([*made, away, after])
    assert [batch for batch in found if away in batch] == [(away,)]
    assert [batch for batch in found if after in batch] == [(after,)]
    assert crop.key in passing(made, ())
    assert crop.key not in passing([*made, away, after], ())
