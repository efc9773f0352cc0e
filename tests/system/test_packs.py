"""Published icon packs, installed by npm, in real builds: found, drawn, credited, watched, refused."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from iconbuild.pictures.svg import rasterize
from iconbuild.providers.local.packs.iconify import open_pack
from iconbuild.providers.local.vectors.markup import document
from tests.system.project import Project

ROOT = Path(__file__).parents[2]
COLORED, PLAIN = "node_modules/@iconify-json/fluent-emoji", "node_modules/@iconify-json/lucide"
_UNREACHABLE = ("ENOTFOUND", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "EAI_AGAIN", "ENETUNREACH", "ENOTCACHED")

LINE = """\
name: set
defaults: {style: line}
icons:
  home: house
  alerts: notification bell
outputs:
  - files: {dir: dist, formats: [png], sizes: [24]}
  - html: {file: dist/sheet.html}
"""


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with both packages, installed as people do it."""
    if shutil.which("npm") is None:
        pytest.skip("npm is not installed: icon packages cannot be fetched")
    folder = tmp_path_factory.mktemp("packages")
    (folder / "package.json").write_text("{}")
    names = [path.removeprefix("node_modules/") for path in (COLORED, PLAIN)]
    command = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", *names]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode and any(word in done.stderr for word in _UNREACHABLE):
        pytest.skip(f"npm cannot reach its registry: {done.stderr[-200:]}")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def equipped(project: Project, packages: Path) -> Project:
    """A project beside whose manifest both packages are installed."""
    (project.root / "node_modules").symlink_to(packages / "node_modules")
    project.write(f"packs: [{COLORED}, {PLAIN}]\n{LINE}")
    return project


def copied(project: Project) -> Path:
    """The project with a plain pack of its own, which may be changed; its icons."""
    place = project.root / PLAIN
    shutil.copytree(place, project.root / "own", symlinks=False)
    project.edit(f"packs: [{COLORED}, {PLAIN}]", "packs: [own]")
    return project.root / "own/icons.json"


def test_a_set_is_drawn_from_a_plain_pack_and_says_whose_it_is(equipped: Project) -> None:
    assert equipped.build() == 2
    assert equipped.build() == 0
    sheet = (equipped.root / "dist/sheet.html").read_text()
    assert "ph:" not in sheet
    lucide = open_pack(str(equipped.root / PLAIN), None)
    for fact in ("lucide:bell", f"Lucide {lucide.version}", "ISC", "Lucide Contributors"):
        assert fact in sheet


def test_a_null_build_is_answered_from_its_snapshot(equipped: Project) -> None:
    for path in (COLORED, PLAIN):
        for name in os.listdir(equipped.root / path):
            os.utime(equipped.root / path / name, (1_700_000_000, 1_700_000_000))
    equipped.run("build", module="iconbuild").ok()
    assert equipped.run("build", module="iconbuild").ok().out == "set: 2 icons, 3 files up to date\n"
    (snapshot,) = (equipped.cache / "snapshots").iterdir()
    assert b"fluent-emoji/icons.json" in snapshot.read_bytes()


def test_an_icon_is_pinned_by_its_packs_name(equipped: Project) -> None:
    equipped.edit("alerts: notification bell", 'alerts: {subject: alarm, icon: "lucide:bell"}')
    assert equipped.build() == 2
    pinned = (equipped.root / "dist/alerts-24.png").read_bytes()
    equipped.edit('"lucide:bell"', '"ph:bell"')
    assert equipped.build() == 1
    assert (equipped.root / "dist/alerts-24.png").read_bytes() != pinned
    equipped.edit('"ph:bell"', '"lucide:bel"')
    done = equipped.run("build")
    assert done.code == 2
    assert "Lucide has no icon `lucide:bel`" in done.err
    assert "lucide:bell" in done.err


def test_a_colored_pack_changes_nothing_for_those_who_cannot_show_it(equipped: Project) -> None:
    equipped.edit(f"packs: [{COLORED}, {PLAIN}]", f"packs: [{PLAIN}]")
    assert equipped.build() == 2
    lock = (equipped.root / "icons.lock").read_bytes()
    equipped.edit(f"packs: [{PLAIN}]", f"packs: [{COLORED}, {PLAIN}]")
    assert equipped.build() == 0
    assert (equipped.root / "icons.lock").read_bytes() == lock
    equipped.edit("alerts: notification bell", 'alerts: {subject: bell, icon: "fluent-emoji:bell"}')
    done = equipped.run("build")
    assert done.code == 2
    assert "colours of its own" in done.err


def test_a_colored_pack_is_drawn_by_looks_that_can_show_it(equipped: Project) -> None:
    equipped.edit("{style: line}", "{preset: flat}")
    equipped.edit("alerts: notification bell", 'alerts: {subject: bell, icon: "fluent-emoji:bell"}')
    assert equipped.build() == 2
    sheet = (equipped.root / "dist/sheet.html").read_text()
    for fact in ("fluent-emoji:bell", "Fluent Emoji", "MIT", "Microsoft Corporation"):
        assert fact in sheet


def test_a_touched_pack_rebuilds_nothing_and_a_changed_one_what_it_draws(equipped: Project) -> None:
    icons = copied(equipped)
    equipped.edit("home: house", 'home: {subject: house, icon: "ph:house"}')
    assert equipped.build() == 2
    os.utime(icons, (1_700_000_000, 1_700_000_000))
    assert equipped.build() == 0
    icons.write_bytes(icons.read_bytes().replace(b'"bell"', b'"cow-bell"', 1))
    assert equipped.build() == 1
    assert "ph:house" in (equipped.root / "dist/sheet.html").read_text()


def test_make_hears_of_a_packs_files(equipped: Project) -> None:
    icons = copied(equipped)
    equipped.run("build", "--stamp", "stamp", "--depfile", "stamp.d").ok()
    assert str(icons) in (equipped.root / "stamp.d").read_text()
    before = icons.read_bytes()
    done = equipped.run("build", "--stamp", "stamp", "--depfile", "own/icons.json")
    assert done.code == 2
    assert "a file that the set is made of" in done.err
    assert icons.read_bytes() == before


def test_a_missing_pack_comes_with_its_remedy(equipped: Project) -> None:
    equipped.edit(PLAIN, "node_modules/@iconify-json/not-there")
    for command in ("build", "plan", "validate"):
        done = equipped.run(command)
        assert done.code == 6
        assert "npm install @iconify-json/not-there" in done.err
    found = equipped.run("doctor")
    assert found.code == 1
    assert "npm install @iconify-json/not-there" in found.out


def test_doctor_names_the_packs_of_the_manifest_here(equipped: Project) -> None:
    said = equipped.run("doctor").ok().out
    for words in ("Fluent Emoji", "(MIT, Microsoft Corporation)", "(ISC, Lucide Contributors)", "Phosphor Icons"):
        assert words in said
    equipped.edit("style: line", "style: lime")
    equipped.write(equipped.manifest.read_text() + "nonsense: true\n")
    said = equipped.run("doctor").ok().out
    assert "not known" in said
    assert "Phosphor Icons" in said


def test_a_hostile_icon_fails_alone(equipped: Project) -> None:
    icons = copied(equipped)
    icons.write_bytes(icons.read_bytes().replace(b'"bell": {\n\t\t\t"body": "', b'"bell": {"body": "<script/>', 1))
    equipped.edit("alerts: notification bell", 'alerts: {subject: alarm, icon: "lucide:bell"}')
    done = equipped.run("build")
    assert done.code == 1
    assert "icon `lucide:bell` of Lucide cannot be used: the SVG holds <script>" in done.err
    assert (equipped.root / "dist/home-24.png").exists()


@pytest.mark.parametrize("package", [COLORED, PLAIN])
def test_published_icons_can_be_drawn(packages: Path, package: str) -> None:
    """Every fortieth: each is accepted, paints something, and fits its grid."""
    pack = open_pack(str(packages / package), None)
    entries = pack.entries()
    assert len(entries) > 1500
    for entry in entries[::40]:
        artwork = pack.artwork(entry.name)
        if pack.palette:
            assert rasterize(document(artwork.picture).encode(), 16).getbbox(), entry.name
        else:
            assert artwork.fills, entry.name
            assert artwork.strokes or artwork.dots, entry.name


def test_match_searches_the_packs_that_a_look_can_be_drawn_from(equipped: Project) -> None:
    def first(*words: str) -> str:
        return equipped.run("match", "bell", *words, "--format", "json").ok().json["candidates"][0]["icon"]

    assert first() == "fluent-emoji:bell"
    assert first("--look", "product") == "fluent-emoji:bell"
    assert first("--look", "line") == "lucide:bell"
    assert equipped.run("match", "bell", "--look", "lines").code == 2
    equipped.edit(PLAIN, "nowhere")
    run = equipped.run("match", "bell").ok()
    assert "ph:bell" in run.out
    assert "without the manifest's packs" in run.err


def test_the_shop_of_the_example_set_in_published_colours(equipped: Project) -> None:
    """fluent.yaml: every category is drawn from the pack, or from Phosphor where the pack has none of its things."""
    shutil.copy(ROOT / "example-sets" / "ecommerce-categories" / "fluent.yaml", equipped.root)
    run = equipped.run("build", "fluent.yaml", "--format", "json").ok()
    assert run.json["result"]["generated"] == 15
    assert "not sure" not in run.err
    page = (equipped.root / "dist" / "fluent" / "index.html").read_text()
    named = {name: name in page for name in ("fluent-emoji:ring", "fluent-emoji:teddy-bear", "Microsoft", "MIT")}
    assert all(named.values()), named
    assert page.count("fluent-emoji:") >= 12
    assert equipped.run("plan", "fluent.yaml", "--strict").code == 0


def test_a_pack_that_changed_is_read_anew_whatever_its_times_say(project: Project, tmp_path: Path) -> None:
    """Archives and build systems set times back: size and time alone are no proof."""
    pack = project.root / "pack.json"

    def write(color: str) -> None:
        body = f"<path fill='{color}' d='M0 0h24v24H0z'/>"
        pack.write_text(json.dumps({"prefix": "own", "icons": {"tile": {"body": body, "width": 24, "height": 24}}}))
        os.utime(pack, (1_700_000_000, 1_700_000_000))

    project.write(
        "packs: [pack.json]\ndefaults: {preset: flat}\n"
        'icons: {tile: {subject: tile, icon: "own:tile"}}\noutputs: dist\n'
    )
    write("#ff0000")
    assert project.build() == 1
    red = project.tree()
    write("#00ff00")
    assert project.build() == 1
    assert project.tree() != red


def test_artwork_in_colours_goes_first_where_a_look_has_colours(equipped: Project) -> None:
    equipped.edit(f"packs: [{COLORED}, {PLAIN}]", f"packs: [{PLAIN}, {COLORED}]")
    equipped.edit("style: line", "preset: product")
    equipped.run("build").ok()
    page = (equipped.root / "dist" / "sheet.html").read_text()
    assert "fluent-emoji:house" in page
    assert "lucide:" not in page
