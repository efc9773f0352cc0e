"""What an event costs: generations are counted at the provider, files are compared byte by byte."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.system.project import ANCHORED_SET, OUTPUTS, SIX, WORDS, Project, finish, many

ALL = len(SIX)


@pytest.fixture
def built(project: Project) -> Project:
    """Six icons and their anchor, built."""
    project.write(ANCHORED_SET)
    assert project.build() == ALL
    return project


def _touch(project: Project) -> None:
    os.utime(project.manifest, (2_000_000_000, 2_000_000_000))


def _reorder(project: Project) -> None:
    text = project.manifest.read_text()
    lines = [f"  {name}: {subject}\n" for name, subject in SIX.items()]
    for line in lines:
        text = text.replace(line, "")
    text = text.replace("anchor: analytics\n", "").replace("icons:\n", f"icons:\n{''.join(reversed(lines))}")
    project.write(f"{text}anchor: analytics\n")


def _comment(project: Project) -> None:
    text = project.manifest.read_text()
    project.write("# a comment\n\n" + text.replace("icons:\n", "icons:   # the set\n").replace("24", " 24 "))


FREE: dict[str, Callable[[Project], object]] = {
    "nothing changed": lambda project: None,
    "an output deleted": lambda project: (project.root / "dist/team-24.png").unlink(),
    "the anchor's output deleted": lambda project: (project.root / "dist/analytics-24.png").unlink(),
    "all outputs deleted": lambda project: shutil.rmtree(project.root / "dist"),
    "manifest touched, same bytes": _touch,
    "a comment and another layout": _comment,
    "keys in another order": _reorder,
    "the lock deleted": lambda project: (project.root / "icons.lock").unlink(),
    "the snapshot deleted": lambda project: shutil.rmtree(project.cache / "snapshots", ignore_errors=True),
    "the index of outputs deleted": lambda project: shutil.rmtree(project.cache / "projects"),
    "recipes and results pruned": lambda project: project.run("cache", "prune").ok(),
    "the whole cache deleted": lambda project: shutil.rmtree(project.cache),
}


@pytest.mark.parametrize("event", FREE.values(), ids=FREE.keys())
def test_an_event_that_costs_nothing_and_leaves_every_byte_as_it_was(
    built: Project, event: Callable[[Project], object]
) -> None:
    before, lock = built.tree(), (built.root / "icons.lock").read_bytes()
    event(built)
    assert built.build() == 0
    assert built.tree() == before
    assert (built.root / "icons.lock").read_bytes() == lock
    assert built.build() == 0


def test_an_edited_subject_costs_one_and_its_undoing_nothing(built: Project) -> None:
    before = built.tree()
    built.edit("bell notification alert", "alarm clock")
    assert built.build() == 1
    after = built.tree()
    assert {name for name in before if before[name] != after[name]} == {"alerts-24.png"}
    built.edit("alarm clock", "bell notification alert")
    assert built.build() == 0
    assert built.tree() == before


def test_an_output_edited_by_hand_is_kept_and_reported_until_forced(built: Project) -> None:
    output = built.root / "dist/team-24.png"
    ours = output.read_bytes()
    output.write_bytes(b"drawn by hand")
    for _ in range(2):
        done = built.run("build")
        assert done.code == 1
        assert "dist/team-24.png" in done.out
        assert "--force" in done.out
        assert output.read_bytes() == b"drawn by hand"
    assert built.run("build", "--format", "json").json["result"]["kept"] == ["dist/team-24.png"]
    built.edit(SIX["team"], "two people")
    assert built.run("build").code == 1
    assert output.read_bytes() == b"drawn by hand"
    built.edit("two people", SIX["team"])
    built.generations()
    built.run("build", "--force").ok()
    assert built.generations().total() == 0
    assert output.read_bytes() == ours
    assert built.build() == 0


def test_a_build_killed_after_20_of_40_goes_on_with_the_other_20(project: Project) -> None:
    project.write(many(40))
    process, _ = project.held(WORDS[20], "-j", "1")
    process.kill()
    finish(process)
    first = project.generations()
    assert first.total() == 20
    done = project.run("build").ok()
    second = project.generations()
    assert not first & second
    assert second.total() == 20
    assert "40 files written" in done.out
    assert project.build() == 0


def test_an_edited_anchor_draws_all_anew_and_the_plan_says_so_before(built: Project) -> None:
    built.edit(SIX["analytics"], "line chart")
    icons = built.run("plan", "--format", "json").ok().json["icons"]
    assert {icon["name"]: icon["action"] for icon in icons} == dict.fromkeys(SIX, "generate")
    reasons = {icon["name"]: icon["reason"] for icon in icons}
    assert "subject" in reasons["analytics"]
    assert "analytics" in reasons["team"]
    assert built.generations().total() == 0
    assert built.build() == ALL


@pytest.mark.parametrize(
    ("old", "new", "added"),
    [
        ("sizes: [24]", "sizes: [24, 48]", ALL),
        ("formats: [png]", "formats: [png, webp]", ALL),
        ("outputs:", "outputs:\n  - sprite: {file: dist/sprite.png, css: dist/sprite.css}", 2),
        ("crop: 10", "crop: 4", 0),
    ],
    ids=["size", "format", "sprite", "step"],
)
def test_what_is_asked_of_finished_pictures_is_free(built: Project, old: str, new: str, added: int) -> None:
    before = set(built.tree())
    built.edit(old, new)
    assert built.build() == 0
    assert len(set(built.tree()) - before) == added


def test_themes_are_free_and_differ(built: Project) -> None:
    built.edit("anchor:", 'themes:\n  light: [recolor: "#0f172a"]\n  dark: [recolor: "#e2e8f0"]\nanchor:')
    assert built.build("--prune") == 0
    tree = built.tree()
    light = {Path(name).name: data for name, data in tree.items() if "light" in name}
    dark = {Path(name).name: data for name, data in tree.items() if "dark" in name}
    assert len(light) == len(dark) == ALL == len(tree) / 2
    assert not set(light.values()) & set(dark.values())


def test_a_removed_icon_leaves_an_orphan_that_only_prune_removes(built: Project) -> None:
    foreign = built.root / "dist/foreign.png"
    foreign.write_bytes(b"not of iconbuild")
    built.edit(f"  team: {SIX['team']}\n", "")
    built.edit(f"  home: {SIX['home']}\n", "")
    built.run("build").ok()
    answer = built.run("build", "--format", "json").ok().json
    assert answer["orphans"] == ["dist/home-24.png", "dist/team-24.png"]
    assert {"home-24.png", "team-24.png"} <= set(built.tree())
    (built.root / "dist/home-24.png").write_bytes(b"edited by hand")
    pruned = built.run("build", "--prune", "--format", "json")
    assert pruned.code == 1
    result = pruned.json["result"]
    assert result["pruned"] == ["dist/team-24.png"]
    assert result["orphans"] == ["dist/home-24.png"]
    left = built.tree()
    assert left["home-24.png"] == b"edited by hand"
    assert left["foreign.png"] == b"not of iconbuild"
    assert "team-24.png" not in left


def test_equal_recipes_share_one_generation(project: Project) -> None:
    project.write(f"icons:\n  one: house\n  two: house\n  three: {{subject: house, tags: [beta]}}\n{OUTPUTS}")
    assert project.build() == 1
    assert len(set(project.tree().values())) == 1
    assert len(project.tree()) == 3


def test_a_take_is_a_new_picture_and_its_undoing_is_free(project: Project) -> None:
    project.write(f"icons:\n  one: {{subject: notification bell}}\n  two: bell\n{OUTPUTS}")
    assert project.build() == 2
    first = project.tree()
    project.edit("{subject: notification bell}", "{subject: notification bell, take: 2}")
    assert project.build() == 1
    assert project.tree()["one-24.png"] != first["one-24.png"]
    project.edit(", take: 2", "")
    assert project.build() == 0
    assert project.tree() == first


def test_one_icon_that_fails_harms_no_other(project: Project) -> None:
    """P38, and the failure is made good by the next build alone."""
    project.write(many(6))
    done = project.run("build", "--format", "json", env={"COUNT_FAIL": "heart"})
    assert done.code == 1
    assert [failure["name"] for failure in done.json["result"]["failed"]] == ["heart"]
    assert len(project.tree()) == 5
    assert project.build() == 1
    assert len(project.tree()) == 6


def test_the_lock_is_one_json_line_an_icon(built: Project) -> None:
    lines = [json.loads(line) for line in (built.root / "icons.lock").read_text().splitlines()]
    assert [line["icon"] for line in lines] == sorted(SIX)
    assert {line["provider"] for line in lines} == {"local"}


def test_artwork_that_changes_while_others_are_drawn_is_seen_by_the_next_build(project: Project) -> None:
    logo = project.root / "logo.svg"
    shape = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="{}" height="8"/></svg>'
    logo.write_text(shape.format(4))
    project.write(f"icons:\n  logo: {{from: logo.svg}}\n  home: house\n{OUTPUTS}")
    assert project.build() == 1
    project.edit("home: house", "home: dog")
    process, gate = project.held("dog")
    logo.write_text(shape.format(6))
    gate.touch()
    assert finish(process).code == 0
    before = project.tree()["logo-24.png"]
    project.generations()
    assert project.build() == 0
    assert project.tree()["logo-24.png"] != before


def test_a_file_that_appears_during_the_build_is_not_replaced(project: Project) -> None:
    project.write(f"icons:\n  home: house\n  dog: dog\n{OUTPUTS}")
    process, gate = project.held("dog")
    (project.root / "dist").mkdir(exist_ok=True)
    (project.root / "dist/home-24.png").write_text("MY OWN WORK")
    gate.touch()
    done = finish(process)
    assert done.code == 1
    assert "home-24.png" in done.out
    assert (project.root / "dist/home-24.png").read_text() == "MY OWN WORK"


def test_an_edited_output_is_kept_without_drawing_for_it(built: Project) -> None:
    (built.root / "dist/team-24.png").write_bytes(b"mine")
    plan = built.run("plan", "--format", "json").ok().json
    assert (plan["files"], plan["kept"]) == (0, ["dist/team-24.png"])
    shutil.rmtree(built.cache / "v1")
    assert built.build(code=1) == 0
    assert (built.root / "dist/team-24.png").read_bytes() == b"mine"


def test_a_fresh_clone_knows_the_orphans_of_icons_it_removes(built: Project) -> None:
    clone = built.clone()
    clone.edit("  alerts: bell notification alert\n", "")
    assert "alerts-24.png" in clone.run("build").ok().out
    clone.run("build", "--prune").ok()
    assert not (clone.root / "dist/alerts-24.png").exists()
    assert (clone.root / "dist/team-24.png").exists()


def test_clean_in_a_fresh_clone_removes_what_the_lock_proves(built: Project) -> None:
    clone = built.clone()
    (clone.root / "dist/own.txt").write_text("mine")
    assert "7 files removed" in clone.run("clean").ok().out
    assert [path.name for path in (clone.root / "dist").iterdir()] == ["own.txt"]


def test_a_profile_neither_prunes_nor_relocks_what_others_made(built: Project) -> None:
    built.write(built.manifest.read_text() + "profiles: {big: {outputs: [{files: {dir: big, sizes: [64]}}]}}\n")
    before, lock = built.tree(), (built.root / "icons.lock").read_bytes()
    built.run("build", "--profile", "big", "--prune").ok()
    assert built.tree() == before
    assert len(list((built.root / "big").iterdir())) == 7
    assert (built.root / "icons.lock").read_bytes() == lock
    built.run("build", "--locked").ok()


def test_a_profile_without_an_output_does_not_take_it_for_its_orphan(built: Project) -> None:
    sprite = "  - sprite: dist/sprite.png\n"
    profile = "profiles: {small: {outputs: [{files: {dir: dist, sizes: [24]}}]}}\n"
    built.write(built.manifest.read_text() + sprite + profile)
    built.run("build").ok()
    before = built.tree()
    built.run("build", "--profile", "small", "--prune").ok()
    assert built.tree() == before


def test_a_damaged_picture_is_not_drawn_again_beyond_the_budget(project: Project) -> None:
    project.write(f"icons:\n  home: house\nprovider: iconly\nbudget: {{tokens: 3}}\n{OUTPUTS}")
    refused = project.run("build")
    assert refused.code == 4
    assert "the budget is 3" in refused.err


def test_a_fresh_clone_with_its_outputs_and_lock_costs_nothing(built: Project) -> None:
    clone = built.clone()
    assert not clone.cache.exists()
    assert clone.build("--check", "--locked") == 0
    assert clone.build() == 0
    assert clone.tree() == built.tree()
