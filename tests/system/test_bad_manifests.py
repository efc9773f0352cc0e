"""Bad inputs by way of the manifest: files that are none, paths, artwork, saved plans; ids are rows of the table."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.system.project import OUTPUTS, Project, finish
from tests.system.shapes import refused, unharmed

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M4 4h16v16H4z" stroke="{}"/></svg>'
IMPORTING = f"icons:\n  home: house\n  logo: {{from: logo.svg}}\n{OUTPUTS}"


def _folder(path: Path) -> None:
    path.mkdir()


def _large(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(2 << 20)


@pytest.mark.parametrize(
    "make",
    [lambda path: None, _folder, os.mkfifo, lambda path: path.symlink_to("/dev/zero"), _large],
    ids=["missing", "folder", "FIFO", "/dev/zero", "2 MiB"],
)
@pytest.mark.parametrize("command", ["build", "plan", "validate"])
def test_m01_a_manifest_that_is_no_manifest(project: Project, make: Callable[[Path], None], command: str) -> None:
    make(project.manifest)
    refused(project.run(command, "icons.yaml"), 2, "icons.yaml")


def test_m16_two_outputs_on_one_path(project: Project) -> None:
    output = "  - files: {dir: dist, formats: [png], sizes: [24]}\n"
    project.write(f"icons:\n  home: house\noutputs:\n{output}{output}")
    unharmed(project, code=2, words=("icons.yaml:5:", "icons.yaml:4:", "dist/home-24.png"))


def test_m16_paths_that_only_case_tells_apart(project: Project) -> None:
    project.write("icons:\n  home: house\n  HOME: house\n" + OUTPUTS)
    unharmed(project, code=2, words=("icons.yaml:",))


@pytest.mark.parametrize("folder", ["/", "/tmp/x", "~", "../out", "a/../../b", ".git", ".git/x", ".iconbuild", "C:/x"])
def test_m17_an_output_folder_outside_the_project_or_in_a_store(project: Project, folder: str) -> None:
    project.write(f'icons:\n  home: house\noutputs:\n  - files: {{dir: "{folder}", formats: [png], sizes: [24]}}\n')
    (project.root / ".git").mkdir()
    if folder == "~":
        done = project.run("build")
        assert done.code in (0, 2), done
        assert not list(Path(project.env["HOME"]).iterdir())
        return
    unharmed(project, code=2, words=("icons.yaml:",))


@pytest.mark.parametrize("path", ["icons.yaml", "icons.lock", "logo.svg"])
def test_m17_an_output_over_an_input(project: Project, path: str) -> None:
    project.write(f"icons:\n  logo: {{from: logo.svg}}\noutputs:\n  - html: {path}\n")
    (project.root / "logo.svg").write_text(LOGO.format("#111"))
    unharmed(project, code=2)


def _no_picture(path: Path) -> None:
    path.write_text("not an SVG")


def _huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(500_000_000)


def _outside(path: Path) -> None:
    other = path.parents[1] / "other.svg"
    other.write_text(LOGO.format("#111"))
    path.symlink_to(other)


@pytest.mark.parametrize(
    ("make", "code"),
    [(lambda path: None, 2), (_huge, 2), (_outside, 2), (os.mkfifo, 2), (_folder, 2), (_no_picture, 1)],
    ids=["missing", "500 MB", "link out of the project", "FIFO", "folder", "no picture"],
)
def test_m19_artwork_that_cannot_be_used(project: Project, make: Callable[[Path], None], code: int) -> None:
    project.write(IMPORTING)
    make(project.root / "logo.svg")
    done = project.run("build")
    assert done.code == code, done
    assert "logo.svg" in done.err
    assert "Traceback" not in done.err
    assert project.generations().total() == (1 if code == 1 else 0)


def test_m20_artwork_that_changes_during_the_run(project: Project) -> None:
    project.write(IMPORTING)
    logo = project.root / "logo.svg"
    logo.write_text(LOGO.format("#111111"))
    process, gate = project.held("house", "-j", "1")
    logo.write_text(LOGO.format("#ee1111"))
    gate.touch()
    done = finish(process)
    assert done.code == 1
    assert "logo.svg changed while it was being built" in done.err
    assert set(project.tree()) == {"home-24.png"}
    project.run("build").ok()
    twin = project.clone()
    shutil.rmtree(twin.root / "dist")
    twin.run("build").ok()
    assert project.tree() == twin.tree()


def test_m29_a_saved_plan_is_built_exactly_or_refused(three: Project) -> None:
    three.run("plan", "-o", "p.json").ok()
    text = three.manifest.read_text()
    three.edit("bell: bell", "bell: alarm clock")
    unharmed(three, "--plan", "p.json", code=3, words=("bell", "stale"))
    three.write(text)
    assert three.build("--plan", "p.json") == 3
    assert len(three.tree()) == 3
    refused(three.run("build", "--plan", "p.json"), 3, "stale")
    three.run("plan", "-o", "q.json").ok()
    assert three.build("--plan", "q.json") == 0


@pytest.mark.parametrize("words", ["", "{}", "[]", "no JSON", '{"iconbuild_plan": 9}'])
def test_m29_a_plan_that_is_none(three: Project, words: str) -> None:
    (three.root / "p.json").write_text(words)
    unharmed(three, "--plan", "p.json", code=2, words=("p.json",))


def test_m31_a_removed_icon_keeps_its_file_until_it_is_pruned(three: Project) -> None:
    three.run("build").ok()
    three.edit("  bell: bell\n", "")
    done = three.run("build").ok()
    assert "no longer asked for: dist/bell-24.png" in done.out
    assert "--prune" in done.out
    assert "bell-24.png" in three.tree()
    assert "bell-24.png" in three.run("plan").ok().out
    three.run("clean", "--orphans").ok()
    assert set(three.tree()) == {"heart-24.png", "house-24.png"}
