from __future__ import annotations

import json
from collections.abc import Collection, Mapping

import pytest

from iconbuild.model.manifest import FileSource, Look, Manifest
from iconbuild.model.values import ActionKey, Json, Params
from iconbuild.model.work import Action, Generate, Plan, PlannedIcon, Verb, Verdict, Worklist
from iconbuild.planner.select import select
from iconbuild.planner.why import Change, compare, explained
from tests.builders import icon, manifest, planned, source, step


def reasons(
    before: Manifest | None,
    after: Manifest,
    *,
    placed: Collection[str] = (),
    known: Collection[str] = (),
    remembered: bool = True,
    files: tuple[Mapping[str, bytes], Mapping[str, bytes]] = ({}, {}),
) -> dict[str, str]:
    """The reasons of a plan after another was built; `known` are the labels whose results are at hand."""
    old = planned(before, files[0]) if before else None
    new = planned(after, files[1])
    last = {each.name: each.source for each in old.icons} if old else {}

    def recall(key: ActionKey) -> Mapping[str, object] | None:
        action = old.actions[key] if old and remembered else None
        return json.loads(action.recipe_text()) if action else None

    worklist = select(new, placed=placed, known=lambda key: new.actions[key].label in known)
    return {verdict.name: verdict.reason for verdict in explained(new, worklist, last, recall).verdicts}


HOME = manifest(icon("home"))


def test_new() -> None:
    assert reasons(None, HOME) == {"home": "new"}


def test_up_to_date() -> None:
    assert reasons(HOME, HOME, placed=["dist/home-64.png"]) == {"home": "up to date"}


def test_files_are_missing() -> None:
    assert reasons(HOME, HOME, known=["home", "dist/home-64.png"]) == {
        "home": "its files are missing or from another state"
    }


def test_the_picture_is_gone() -> None:
    assert reasons(HOME, HOME) == {"home": "its picture is not in the cache"}


def test_steps_changed() -> None:
    stepped = manifest(icon("home", steps=(step("crop", 5),)))
    made = planned(stepped)
    (picture,) = (each.source for each in made.icons)
    worklist = select(made, placed=(), known=lambda key: key == picture)
    (verdict,) = explained(made, worklist, {"home": picture}, lambda _: None).verdicts
    assert verdict.action == "process"
    assert verdict.reason == "its steps or outputs changed, or are no longer cached"


def test_nobody_remembers_the_old_recipe() -> None:
    assert reasons(HOME, manifest(icon("home", take=2)), remembered=False) == {"home": "its recipe changed"}


@pytest.mark.parametrize(
    ("after", "reason"),
    [
        (icon("home", subject="a hut"), "subject changed"),
        (icon("home", take=2), "take changed"),
        (icon("home", take=2, subject="a hut"), "subject and take changed"),
        (
            icon("home", take=2, subject="a hut", look=Look(kind="style", name="glyph")),
            "look, subject and take changed",
        ),
    ],
)
def test_fields_changed(after: object, reason: str) -> None:
    assert reasons(HOME, manifest(after)) == {"home": reason}  # type: ignore[arg-type]


def test_the_reference_changed() -> None:
    def made(subject: str) -> Manifest:
        return manifest(icon("a", subject=subject), icon("b", anchor="a"))

    assert reasons(made("one"), made("other")) == {"a": "subject changed", "b": "its reference `a` changed"}


def test_a_reference_was_added() -> None:
    before, after = manifest(icon("a"), icon("b")), manifest(icon("a"), icon("b", anchor="a"))
    assert reasons(before, after)["b"] == "reference changed"


def test_artwork_was_edited() -> None:
    logo = manifest(icon("logo", from_="a.svg"))
    edited = reasons(logo, logo, files=({"a.svg": b"one"}, {"a.svg": b"other"}))
    assert edited == {"logo": "bytes of the file changed"}


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        (source("one.png"), source("other.png"), "its reference `other.png` changed"),
        (source("one.png"), None, "it follows nothing any more"),
    ],
)
def test_a_provider_may_keep_references_out_of_its_request(
    before: FileSource, after: FileSource | None, reason: str
) -> None:
    """What is sent stays the same; only the inputs of the action differ."""
    files = {"one.png": b"one", "other.png": b"other"}
    old, new = (planned(manifest(icon("home", anchor=anchor)), files).actions for anchor in (before, after))
    request = Params({"subject": "house"})

    def drawn(actions: Mapping[ActionKey, object], follows: FileSource | None) -> tuple[ActionKey, ...]:
        return tuple(list(actions)[:1]) if follows else ()

    work = Generate(provider="words", request=request)
    was = json.loads(Action(work, drawn(old, before), "home", "generation").recipe_text())
    plan = _plan_of(work, drawn(new, after), after.path if after else None)
    (verdict,) = explained(plan, _worklist("generate"), {"home": ActionKey("0" * 64)}, lambda _: was).verdicts
    assert verdict.reason == reason


def _plan_of(work: Generate, inputs: tuple[ActionKey, ...], reference: str | None) -> Plan:
    base = planned(HOME)
    action = Action(work, inputs, "home", "generation")
    planned_icon = PlannedIcon(name="home", source=action.key, reference=reference, quote=base.icons[0].quote)
    return Plan(
        manifest=base.manifest,
        name=base.name,
        provider=base.provider,
        actions={action.key: action},
        icons=(planned_icon,),
        targets=(),
    )


def _worklist(verb: Verb) -> Worklist:
    empty = select(planned(HOME), placed=["dist/home-64.png"], known=lambda _: True)
    verdict = Verdict(name="home", action=verb, reason="", reference=None, cost=empty.verdicts[0].cost)
    return Worklist(todo=(), write=(), verdicts=(verdict,), cost=empty.cost)


def test_changes_are_told_field_by_field_in_order() -> None:
    plan = planned(manifest(icon("home", take=2)))
    before: dict[str, Json] = {"subject": "a home", "take": 1, "look": "line", "reference": False, "gone": [1]}
    was = {"work": "generate", "provider": "words", "request": Params(before), "inputs": ()}
    assert compare(plan, plan.icons[0].source, was) == [
        Change(field="gone", before="[1]", after=""),
        Change(field="take", before="1", after="2"),
    ]
    assert compare(plan, plan.icons[0].source, None) == []
