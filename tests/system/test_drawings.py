"""SVG files and strictness, as people use them."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest

from tests.system.project import Project

SET = """\
icons: {home: house, cart: shopping cart}
defaults: {style: line}
outputs: [{files: {dir: dist, formats: [svg, png], sizes: [24], current-color: true}}]
"""
DOUBT = "icons: {home: house, odd: flurbled wozzle, ware: Einkaufswagen}\noutputs: dist\n"


def test_drawings_leave_beside_pixels_and_follow_the_text(project: Project) -> None:
    project.write(SET)
    assert project.build() == 2
    assert set(project.tree()) == {"home.svg", "home-24.png", "cart.svg", "cart-24.png"}
    root = ElementTree.parse(project.root / "dist" / "home.svg").getroot()
    assert root.get("viewBox") == "0 0 24 24"
    assert "currentColor" in {element.get("stroke") for element in root.iter()}
    assert project.build() == 0


def test_two_icons_on_one_page_share_no_id(project: Project) -> None:
    project.write(SET.replace("style: line", "style: outline").replace("shopping cart", "house"))
    project.build()
    ids = [
        {element.get("id") for element in ElementTree.parse(path).iter()} - {None}
        for path in (project.root / "dist").glob("*.svg")
    ]
    assert len(ids) == 2
    assert all(ids)
    assert not ids[0] & ids[1]


def test_a_look_that_is_no_drawing_is_refused_before_anything_is_drawn(project: Project) -> None:
    project.write(SET.replace("style: line", "preset: clay-3d"))
    run = project.run("build")
    assert run.code == 2
    assert "icons.yaml:3:12: error[M038]: 2 icons" in run.err
    assert project.generations() == {}


@pytest.mark.parametrize("command", ["build", "plan", "validate"])
def test_strict_refuses_doubtful_subjects_where_they_stand(project: Project, command: str) -> None:
    project.write(DOUBT)
    run = project.run(command, "--strict")
    assert run.code == 2
    assert "icons.yaml:1:27: error[M037]: icon `odd`" in run.err
    assert "error[M037]: icon `ware`" in run.err
    assert "home" not in run.err.replace("{home: house", "")
    assert project.generations() == {}


def test_strict_in_the_manifest_is_the_same_and_changes_no_key(project: Project) -> None:
    project.write("icons: {home: house}\noutputs: dist\n")
    assert project.build() == 1
    project.write("strict: true\nicons: {home: house}\noutputs: dist\n")
    assert project.build() == 0
    project.write(f"strict: true\n{DOUBT}")
    assert project.run("build").code == 2


def test_doubt_is_told_and_nothing_random_is_drawn(project: Project) -> None:
    """A subject in another language, or in none: a warning with candidates, or a failure; never silence."""
    project.write(DOUBT)
    run = project.run("build", "--format", "json")
    assert run.code in (0, 1)
    failed = {each["name"] for each in json.loads(run.out)["result"]["failed"]}
    for name in ("odd", "ware"):
        assert name in failed or f"{name}: not sure what shows" in run.err


def test_what_is_not_heeded_is_told_every_time(project: Project) -> None:
    """An anchor's followers have its colours, and a flag may have nothing to change: said by plan and by each build."""
    project.write("""\
anchor: home
icons:
  home: house
  star: {subject: star, color: "#00ff00", flags: [bias-green]}
  bell: {subject: bell, flags: [keep-bg]}
outputs: dist
""")
    for command in ("plan", "validate", "build", "build"):
        run = project.run(command).ok()
        assert "icon `star`: `color` has no effect: the icon follows an anchor" in run.err
        assert "icon `star`: `bias-green` without effect" in run.err
        assert "icon `bell`: flag `keep-bg` has no effect: `line` has no background" in run.err
    assert project.generations() == {"house": 1, "star": 1, "bell": 1}


def test_a_pinned_icon_that_is_not_there_is_shown_where_it_stands(project: Project) -> None:
    project.write('icons:\n  home:\n    subject: house\n    icon: "ph:housee"\noutputs: dist\n')
    run = project.run("plan")
    assert run.code == 2
    assert "icons.yaml:4:" in run.err
    assert "did you mean ph:house" in run.err
