"""What a provider does not do is refused before anything is made."""

from __future__ import annotations

import pytest

from iconbuild.errors import ManifestError
from iconbuild.model.manifest import Attached, Manifest, Origin
from iconbuild.model.work import Delegate
from iconbuild.planner.remote import saved_icons
from tests.builders import at, icon, manifest, output, planned, source, step, theme

ART = {"a.svg": b"<svg/>"}
SMART = step("smart-remove-bg", {})
LIBRARY = (output("library", "dist/l.html", at(9)),)


def refusals(made: Manifest) -> list[str]:
    with pytest.raises(ManifestError) as caught:
        planned(made, ART)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("provider", ["local", "words"])
def test_the_machine_has_no_endpoints(provider: str) -> None:
    (found,) = refusals(manifest(icon("a", steps=(step("crop", 1),)), provider=provider, steps_on="provider"))
    assert found.startswith("icons.yaml:1:1: error[M036]: `steps-on: provider` has no meaning")
    assert provider in found


def test_a_step_of_providers_is_refused_where_it_is_said() -> None:
    said = {"steps": Origin("defaults", at(2, 9))}
    inherited = [icon(name, steps=(SMART,), origins=said, where=at(4)) for name in "ab"]
    found = refusals(manifest(*inherited, icon("c", steps=(SMART,), where=at(5)), provider="local"))
    step_words = "step `smart-remove-bg` is not done by `local`"
    assert found == [
        f"icons.yaml:2:9: error[M036]: 2 icons (`a` first): {step_words}",
        f"icons.yaml:5:1: error[M036]: icon `c`: {step_words}",
    ]


def test_a_step_of_themes_is_refused_once() -> None:
    themes = tuple(theme(name, SMART) for name in ("light", "dark"))
    (found,) = refusals(manifest(icon("a", where=at(3)), icon("b", where=at(4)), themes=themes, provider="local"))
    assert found.startswith("icons.yaml:3:1: error[M036]: 2 icons (`a` first)")


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [("thickness", 1.5, "whole numbers"), ("recolor", {"color": "#fff", "mode": "tint"}, "no mode `tint`")],
)
def test_settings_that_the_provider_does_not_document_are_refused(name: str, value: object, why: str) -> None:
    both = (step(name, "#fff" if name == "recolor" else 1), step(name, value))  # type: ignore[arg-type]
    assert planned(manifest(icon("a", steps=both), provider="iconly"))
    (found,) = refusals(manifest(icon("a", steps=both), provider="iconly", steps_on="provider"))
    assert "[M036]" in found
    assert why in found


@pytest.mark.parametrize("provider", ["local", "words"])
def test_a_library_is_refused_where_there_is_none(provider: str) -> None:
    (found,) = refusals(manifest(icon("a"), provider=provider, outputs=LIBRARY))
    assert found == f"icons.yaml:9:1: error[M036]: output `library`: `{provider}` has no library to save icons to"


@pytest.mark.parametrize("kind", ["refine", "iconify"])
def test_the_embedded_engine_makes_nothing_from_pictures(kind: str) -> None:
    attached = Attached(kind, source("a.svg"))  # type: ignore[arg-type]
    said = {kind: Origin("icon", at(3, 20))}
    (found,) = refusals(manifest(icon("a", attached=attached, origins=said), provider="local"))
    assert found.startswith("icons.yaml:3:20: error[M035]: icon `a`: the embedded engine cannot refine or iconify")


def test_two_pictures_never_have_one_name_in_a_library() -> None:
    (found,) = refusals(manifest(icon("Home-a"), icon("home_a"), provider="iconly", outputs=LIBRARY))
    assert "[M016]" in found
    assert "`Home-a` and `home_a` would have one name in the library, `home-a`" in found
    themes = (theme("light"), theme("dark", step("recolor", "#fff")))
    twice = (*LIBRARY, output("library", {"file": "dark.html", "theme": "dark"}, at(10)))
    (found,) = refusals(manifest(icon("a"), provider="iconly", outputs=twice, themes=themes))
    assert found.startswith("icons.yaml:10:1: error[M016]: two pictures of icon `a`")


def test_two_fragments_of_the_same_pictures_save_once() -> None:
    twice = (*LIBRARY, output("library", {"file": "other.html"}))
    plan = planned(manifest(icon("b"), icon("a"), provider="iconly", outputs=twice))
    saves = saved_icons(plan)
    assert sorted(saves) == ["a", "b"]
    assert set(saves.values()) == {each.key for each in plan.actions.values() if isinstance(each.work, Delegate)}
    assert len(plan.targets) == 2
