"""Steps and saves at a provider: which actions stand between a picture and its files."""

from __future__ import annotations

import pytest

from iconbuild.model.manifest import Attached, IconSpec, StepSpec
from iconbuild.model.values import Json
from iconbuild.model.work import Action, Apply, Delegate, Generate, Import, Plan
from tests.builders import icon, manifest, output, planned, source, step, theme

ART = {"a.svg": b"<svg/>", "b.png": b"png"}
SMART = step("smart-remove-bg", True)


def path_of(plan: Plan, target: int = 0) -> list[Action]:
    """The actions from a picture to a file, the file left out."""
    found: list[Action] = []
    action = plan.actions[plan.targets[target].key]
    while action.inputs:
        action = plan.actions[action.inputs[0]]
        found.insert(0, action)
        if isinstance(action.work, Generate):
            break
    return found


def words(actions: list[Action]) -> list[str]:
    """What each action does, and in which pool."""
    return [f"{_word(action)}/{action.pool}" for action in actions]


def _word(action: Action) -> str:
    match action.work:
        case Import(path=path):
            return path
        case Generate(provider=name):
            return name
        case Apply(tool=tool):
            return tool
        case Delegate(provider=name, task=task):
            return f"{name}:{task}"


def steps(*values: tuple[str, Json]) -> tuple[StepSpec, ...]:
    return tuple(step(name, value) for name, value in values)


MIXED = (*steps(("crop", 10)), SMART, *steps(("recolor", "#ff0000"), ("thickness", 2)))


@pytest.mark.parametrize(
    ("drawn", "path"),
    [
        (icon("a"), ["iconly/generation"]),
        (icon("a", steps=(SMART,)), ["iconly/generation", "iconly:smart-remove-bg/generation"]),
        (
            icon("a", steps=MIXED),
            [
                "iconly/generation",
                "canvas/steps",
                "crop/steps",
                "iconly:smart-remove-bg/generation",
                "canvas/steps",
                "recolor/steps",
                "thickness/steps",
            ],
        ),
        (
            icon("a", from_="a.svg", steps=(SMART, SMART)),
            ["a.svg/import", "canvas/steps", *["iconly:smart-remove-bg/generation"] * 2],
        ),
    ],
    ids=["none", "smart", "mixed", "artwork"],
)
def test_on_this_machine_only_what_it_cannot_do_is_sent(drawn: IconSpec, path: list[str]) -> None:
    assert words(path_of(planned(manifest(drawn, provider="iconly"), ART))) == path


@pytest.mark.parametrize(
    ("drawn", "path"),
    [
        (
            icon("a", steps=MIXED),
            [
                "iconly/generation",
                "iconly:crop/processing",
                "iconly:smart-remove-bg/generation",
                "iconly:recolor/processing",
                "iconly:thickness/processing",
            ],
        ),
        (
            icon("a", from_="b.png", steps=MIXED[:1]),
            ["b.png/import", "canvas/steps", "iconly:crop/processing"],
        ),
    ],
    ids=["drawn", "artwork"],
)
def test_at_the_provider_everything_is_sent(drawn: IconSpec, path: list[str]) -> None:
    made = manifest(drawn, provider="iconly", steps_on="provider")
    assert words(path_of(planned(made, ART))) == path


def test_what_is_sent_holds_the_settings_of_the_step() -> None:
    made = manifest(icon("a", steps=steps(("smooth", 3))), provider="iconly", steps_on="provider")
    work = path_of(planned(made))[-1].work
    assert isinstance(work, Delegate)
    assert (work.provider, work.task, work.version) == ("iconly", "smooth", 1)
    assert work.params == step("smooth", 3).params


def test_themes_share_what_they_begin_with() -> None:
    themes = (theme("light", step("recolor", "#000")), theme("dark", step("recolor", "#fff")))
    made = manifest(icon("a", steps=(SMART,)), themes=themes, provider="iconly")
    plan = planned(made)
    assert [each.work.task for each in plan.actions.values() if isinstance(each.work, Delegate)] == ["smart-remove-bg"]
    assert [key for each in plan.icons for key in each.paid] == list(plan.prices)


def test_an_attached_picture_is_what_the_drawing_is_made_from() -> None:
    refined = icon("a", attached=Attached("refine", source("b.png")))
    plan = planned(manifest(refined, icon("b", anchor="a"), provider="iconly"), ART)
    a, b = (plan.actions[each.source] for each in plan.icons)
    assert [_word(plan.actions[key]) for key in a.inputs] == ["b.png"]
    assert b.inputs == (a.key,)
    assert isinstance(a.work, Generate)
    assert "use_as_reference" not in a.work.request
    assert [each.reference for each in plan.icons] == ["b.png", "a"]
    assert [plan.prices[each.source].amount for each in plan.icons] == [20, 20]


def test_an_icon_of_a_library_has_no_file() -> None:
    known = icon("a", attached=Attached("refine", icon_id="6f1c0e0a-3c1e-4d55-9a53-2f1d5e0b7c11"))
    plan = planned(manifest(known, provider="iconly"))
    assert plan.actions[plan.icons[0].source].inputs == ()
    assert plan.icons[0].reference is None
    assert plan.icons[0].quote.amount == 20


def test_saves_stand_between_finished_pictures_and_the_fragment() -> None:
    themes = (theme("light"), theme("dark", step("recolor", "#fff")))
    outputs = (output("library", {"file": "dist/l.html", "theme": "dark", "name": "acme-{icon}"}),)
    made = manifest(icon("b"), icon("a", from_="a.svg"), icon("c"), provider="iconly", themes=themes, outputs=outputs)
    plan = planned(made, ART)
    (target,) = plan.targets
    assert (target.path, target.icon, target.kind) == ("dist/l.html", None, "library")
    saves = [plan.actions[key] for key in plan.actions[target.key].inputs]
    assert [each.label for each in saves] == ["a", "b", "c"]
    assert words(saves) == ["iconly:library/upload"] * 3
    assert [each.work.params["name"] for each in saves] == ["acme-a", "acme-b", "acme-c"]  # type: ignore[union-attr]
    assert [_word(plan.actions[each.inputs[0]]) for each in saves] == ["recolor"] * 3
    assert set(plan.prices) == {plan.icons[0].source, plan.icons[2].source}


def test_artwork_is_saved_from_a_canvas_and_a_drawing_as_it_came() -> None:
    made = manifest(icon("b"), icon("a", from_="a.svg"), provider="iconly", outputs=(output("library", "l.html"),))
    plan = planned(made, ART)
    saves = [plan.actions[key] for key in plan.actions[plan.targets[0].key].inputs]
    assert [_word(plan.actions[each.inputs[0]]) for each in saves] == ["canvas", "iconly"]


def test_a_free_set_has_no_prices() -> None:
    plan = planned(manifest(icon("a", steps=steps(("crop", 1))), provider="local"))
    assert plan.prices == {}
    assert plan.icons[0].paid == ()
