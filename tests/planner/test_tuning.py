"""Only what stands before a last step that was changed is worth keeping."""

from __future__ import annotations

import json

from iconbuild.model.values import ActionKey
from iconbuild.model.work import Plan
from iconbuild.planner.select import select
from iconbuild.planner.tuning import worth_keeping
from tests.builders import icon, manifest, planned, step


def chain(**steps: int) -> Plan:
    return planned(manifest(icon("home", steps=tuple(step(name, value) for name, value in steps.items()))))


def kept(before: Plan, after: Plan) -> list[str]:
    """The tools whose pictures are worth keeping when `after` is built where `before` was built last."""
    recipes = {key: json.loads(action.recipe_text()) for key, action in before.actions.items()}
    passed = [action.key for action in before.actions.values() if action.pool == "steps"][:-1]
    last = {target.path: target.key for target in before.targets}
    worklist = select(after, placed=(), known=lambda key: key in recipes and key not in passed)
    found = worth_keeping(after, worklist, last.get, {**recipes, **dict.fromkeys(passed)}.get)
    return [after.actions[key].work.tool for key in found]  # type: ignore[union-attr]


def test_a_changed_last_step() -> None:
    assert kept(chain(crop=10, thickness=2), chain(crop=10, thickness=3)) == ["crop"]


def test_a_chain_of_one_step() -> None:
    assert kept(chain(crop=10), chain(crop=20)) == ["canvas"]


def test_a_changed_first_step_an_added_one_and_a_first_build() -> None:
    assert kept(chain(crop=10, thickness=2), chain(crop=11, thickness=2)) == []
    assert kept(chain(crop=10), chain(crop=10, thickness=2)) == []
    none = Plan("icons.yaml", "set", "words", {}, (), ())
    assert kept(none, chain(crop=10, thickness=2)) == []


def test_what_is_not_remembered_is_nothing_to_go_by() -> None:
    after = chain(crop=10, thickness=3)
    worklist = select(after, placed=(), known=lambda key: False)
    last = {target.path: ActionKey("0" * 64) for target in after.targets}
    for recipe in (None, {}, {"inputs": []}, {"inputs": "no list"}):
        assert worth_keeping(after, worklist, last.get, lambda key, recipe=recipe: recipe) == frozenset()
