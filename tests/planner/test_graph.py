from __future__ import annotations

import pytest

from iconbuild.errors import ManifestError
from iconbuild.model.manifest import Chain, IconSpec, Look, Origin
from iconbuild.model.work import Action, Apply, Generate, Import, Plan
from tests.builders import at, icon, manifest, output, planned, source, step, theme


def source_of(plan: Plan, name: str) -> Action:
    return plan.actions[next(each.source for each in plan.icons if each.name == name)]


def files_of(plan: Plan, name: str) -> list[str]:
    return [target.key for target in plan.targets if target.icon == name]


def of_kind(plan: Plan, tool: str) -> list[Action]:
    return [each for each in plan.actions.values() if isinstance(each.work, Apply) and each.work.tool == tool]


def refusals(*icons: IconSpec, outputs: tuple[object, ...] = (), themes: tuple[object, ...] = ()) -> list[str]:
    made = manifest(*icons, outputs=outputs or None, themes=themes or manifest().themes)  # type: ignore[arg-type]
    with pytest.raises(ManifestError) as caught:
        planned(made)
    return [str(problem) for problem in caught.value.problems]


def test_an_icon_without_steps_is_a_picture_and_its_files() -> None:
    plan = planned(manifest(icon("home"), outputs=(output("files", {"dir": "dist", "sizes": [24, 48]}),)))
    picture = source_of(plan, "home")
    assert isinstance(picture.work, Generate)
    assert [target.path for target in plan.targets] == ["dist/home-24.png", "dist/home-48.png"]
    assert all(plan.actions[target.key].inputs == (picture.key,) for target in plan.targets)
    assert len(plan.actions) == 3


def test_inputs_come_before_those_who_need_them() -> None:
    chained = [icon("c", anchor="b"), icon("b", anchor="a", steps=(step("crop", 5),)), icon("a")]
    outputs = (output("sprite", "dist/s.png"), output("files", "dist"), output("html", "dist/i.html"))
    plan = planned(manifest(*chained, outputs=outputs, themes=(theme("dark", step("recolor", "#fff")),)))
    seen: set[str] = set()
    for key, action in plan.actions.items():
        assert key == action.key
        assert set(action.inputs) <= seen
        seen.add(key)
    assert [each.name for each in plan.icons] == ["c", "b", "a"]


def test_equal_recipes_share_an_action() -> None:
    plan = planned(manifest(icon("home", subject="house"), icon("start", subject="house")))
    assert source_of(plan, "home") is source_of(plan, "start")
    assert len(plan.actions) == 2
    assert [target.path for target in plan.targets] == ["dist/home-64.png", "dist/start-64.png"]
    retaken = planned(manifest(icon("home", subject="house"), icon("start", subject="house", take=2)))
    assert source_of(retaken, "home").key != source_of(retaken, "start").key


def test_a_reference_is_an_input() -> None:
    plan = planned(manifest(icon("a"), icon("b", anchor="a")))
    assert source_of(plan, "b").inputs == (source_of(plan, "a").key,)
    assert [each.reference for each in plan.icons] == [None, "a"]


@pytest.mark.parametrize("chain", ["star", "sequential"])
def test_a_changed_anchor_changes_every_follower(chain: Chain) -> None:
    def made(subject: str) -> Plan:
        follows = {"star": ["a", "a", "a"], "sequential": ["a", "b", "c"]}[chain]
        others = [icon(name, anchor=ahead) for name, ahead in zip("bcd", follows, strict=True)]
        return planned(manifest(icon("a", subject=subject), *others, icon("own"), chain=chain))

    before, after = made("one"), made("other")
    for name in "abcd":
        assert source_of(before, name).key != source_of(after, name).key
        assert files_of(before, name) != files_of(after, name)
    assert files_of(before, "own") == files_of(after, "own")


@pytest.mark.parametrize("changed", range(4))
def test_in_a_sequence_only_those_after_a_change_are_touched(changed: int) -> None:
    def made(subject: str) -> Plan:
        icons = [
            icon(name, subject=subject if place == changed else None, anchor="abcd"[place - 1] if place else None)
            for place, name in enumerate("abcd")
        ]
        return planned(manifest(*icons, chain="sequential"))

    before, after = made("one"), made("other")
    same = [source_of(before, name).key == source_of(after, name).key for name in "abcd"]
    assert same == [place < changed for place in range(4)]


def test_the_steps_of_an_anchor_are_its_own() -> None:
    plain = planned(manifest(icon("a"), icon("b", anchor="a")))
    stepped = planned(manifest(icon("a", steps=(step("crop", 5),)), icon("b", anchor="a")))
    assert source_of(plain, "b").key == source_of(stepped, "b").key
    assert files_of(plain, "a") != files_of(stepped, "a")


def test_artwork_is_known_by_its_bytes() -> None:
    moved = planned(manifest(icon("logo", from_="b.svg")), {"b.svg": b"one"})
    before = planned(manifest(icon("logo", from_="a.svg")), {"a.svg": b"one"})
    edited = planned(manifest(icon("logo", from_="a.svg")), {"a.svg": b"other"})
    assert isinstance(source_of(before, "logo").work, Import)
    assert files_of(before, "logo") == files_of(moved, "logo") != files_of(edited, "logo")
    assert before.icons[0].quote.amount == 0


@pytest.mark.parametrize("anchor", ["logo", source("a.svg")])
def test_artwork_can_be_an_anchor(anchor: object) -> None:
    def made(data: bytes) -> Plan:
        return planned(
            manifest(icon("logo", from_="a.svg"), icon("b", anchor=anchor)),  # type: ignore[arg-type]
            {"a.svg": data},
        )

    before, after = made(b"one"), made(b"other")
    assert source_of(before, "b").inputs == (source_of(before, "logo").key,)
    assert source_of(before, "b").key != source_of(after, "b").key
    assert before.icons[1].reference == ("logo" if anchor == "logo" else "a.svg")
    assert before.icons[1].quote.amount == 5


def test_themes_are_extra_steps_on_one_picture() -> None:
    themes = (theme("light", step("recolor", "#000")), theme("dark", step("recolor", "#fff")))
    plan = planned(manifest(icon("home", steps=(step("crop", 5),)), themes=themes))
    steps = [each for each in plan.actions.values() if each.pool == "steps"]
    assert [each.work.tool for each in steps] == ["canvas", "crop", "recolor", "recolor"]  # type: ignore[union-attr]
    canvas, crop, light, dark = steps
    assert canvas.inputs == (source_of(plan, "home").key,)
    assert crop.inputs == (canvas.key,)
    assert light.inputs == dark.inputs == (crop.key,)
    assert [light.label, dark.label] == ["home (light)", "home (dark)"]
    assert [target.path for target in plan.targets] == ["dist/light/home-64.png", "dist/dark/home-64.png"]


@pytest.mark.parametrize(("size", "scales", "canvas"), [(512, [1], 512), (513, [1], 1024), (300, [1, 2], 1024)])
def test_steps_work_on_a_canvas_as_large_as_the_largest_file_needs(size: int, scales: list[int], canvas: int) -> None:
    files = output("files", {"dir": "dist", "sizes": [24, size], "scales": scales})
    plan = planned(manifest(icon("home", steps=(step("crop", 5),)), outputs=(output("html", "dist/i.html"), files)))
    first, _ = [each for each in plan.actions.values() if each.pool == "steps"]
    assert isinstance(first.work, Apply)
    assert (first.work.tool, first.work.params["side"]) == ("canvas", canvas)


def test_prices_elsewhere_are_words_for_outputs_and_outside_of_every_other_key() -> None:
    outputs = (output("files", "dist"), output("html", "dist/i.html"))
    drawn = manifest(icon("a", look=Look(kind="preset", name="duotone")), provider="local", outputs=outputs)
    alone, compared = planned(drawn), planned(drawn, compare="iconly")
    assert [each.elsewhere for each in alone.icons] == [None]
    assert [each.elsewhere and each.elsewhere.amount for each in compared.icons] == [9]
    assert compared.compared == "iconly"
    assert files_of(alone, "a") == files_of(compared, "a")
    (page,) = of_kind(compared, "html")
    assert "the same set at iconly: 9 tokens" in page.recipe_text()


def test_what_elsewhere_cannot_be_drawn_has_an_unknown_price() -> None:
    plan = planned(manifest(icon("a", look=Look(kind="style", name="sketchy"))), compare="iconly")
    assert plan.icons[0].elsewhere is not None
    assert plan.icons[0].elsewhere.amount is None


def test_all_problems_are_gathered() -> None:
    look = {"look": Origin(layer="icon", where=at(4, 12))}
    found = refusals(
        icon("one", subject="undrawable", where=at(3)),
        icon("two", subject="undrawable", where=at(4), origins=look),
        outputs=(
            output("files", {"dir": "dist", "path": "same.{format}"}, at(7)),
            output("files", {"dir": "dist", "themes": ["dusk"]}, at(8)),
        ),
    )
    assert [line.split(": ")[0] + line.split(": ")[1][-6:] for line in found] == [
        "icons.yaml:3:1[M035]",
        "icons.yaml:4:1[M016]",
        "icons.yaml:4:12[M035]",
        "icons.yaml:8:1[M032]",
    ]
    assert "the icons `one` and `two` want the same path `dist/same.png`" in found[1]
    assert "output `files`: `themes` names" in found[3]
