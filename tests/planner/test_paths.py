from __future__ import annotations

import pytest

from iconbuild.model.manifest import Manifest
from iconbuild.planner.paths import refuse_paths
from tests.builders import at, icon, manifest, source

MADE = manifest(icon("logo", from_="brand/Logo.svg"), icon("b", anchor=source("brand/mood.png")), path="sub/icons.yaml")

UNSAFE = [
    ("/etc/passwd", "is absolute"),
    ("C:/dist/a.png", "is absolute"),
    ("c:a.png", "is absolute"),
    ("../a.png", "leads out of the project"),
    ("dist/../../a.png", "leads out of the project"),
    ("dist/../a.png", "leads out of the project"),
    ("dist//a.png", "has an empty part"),
    ("./a.png", "has an empty part"),
    ("dist/", "has an empty part"),
    ("", "has an empty part"),
    (".git/hooks/pre-commit", "lies in `.git`"),
    ("dist/.GIT/config", "lies in `.GIT`"),
    (".hg/a.png", "lies in `.hg`"),
    ("a/.svn/a.png", "lies in `.svn`"),
    (".iconbuild/originals/a.png", "lies in `.iconbuild`"),
    ("dist/a.", "ends in a dot or space"),
    ("dist /a.png", "ends in a dot or space"),
    ("dist/con.png", "a device name on Windows"),
    ("NUL/a.png", "a device name on Windows"),
    ("dist/Com7.tar.png", "a device name on Windows"),
    ("lpt1", "a device name on Windows"),
    *((f"dist/a{char}b.png", "that Windows cannot hold") for char in '<>:"\\|?*\x00\n\x1f'),
    (f"dist/{'ä' * 128}.png", "longer than 255 bytes"),
    (f"{'d/' * 120}a.png", "longer than 240 characters"),
    ("icons.yaml", "would replace `icons.yaml`"),
    ("ICONS.YAML", "would replace `icons.yaml`"),
    ("icons.lock", "would replace `icons.lock`"),
    ("brand/logo.svg", "would replace `brand/Logo.svg`"),
    ("brand/mood.png", "would replace `brand/mood.png`"),
]
SAFE = ["a.png", "dist/a b.png", ".hidden/a.png", "dist/console.png", "com10.png", "dist/ä.png", ".gitignore", "a..png"]


def refused(*paths: str, made: Manifest = MADE) -> list[tuple[str, int, str]]:
    problems = refuse_paths(made, [(at(line), path, None) for line, path in enumerate(paths, 1)])
    return [(problem.code, problem.where.line, problem.message) for problem in problems]


@pytest.mark.parametrize(("path", "why"), UNSAFE)
def test_unsafe_paths_are_refused(path: str, why: str) -> None:
    ((code, line, message),) = refused(path)
    assert (code, line) == ("M017", 1)
    assert why in message


@pytest.mark.parametrize("path", SAFE)
def test_others_are_not(path: str) -> None:
    assert refused(path) == []


@pytest.mark.parametrize("second", ["dist/a.png", "dist/A.png", "DIST/a.PNG"])
def test_two_outputs_on_one_path(second: str) -> None:
    assert refused("dist/a.png", "dist/b.png", second) == [("M016", 3, f"two outputs want the path `{second}`")]


def test_the_remedy_names_the_first_one() -> None:
    (problem,) = refuse_paths(MADE, [(at(3), "a.png", None), (at(9), "a.png", None)])
    assert "icons.yaml:3:1" in problem.remedy


def test_two_icons_on_one_path_are_both_named() -> None:
    made = manifest(icon("Home", where=at(3)), icon("home", where=at(4)))
    (problem,) = refuse_paths(made, [(at(9), "d/Home.png", "Home"), (at(9), "d/home.png", "home")])
    assert (problem.code, problem.where.line) == ("M016", 4)
    assert "`Home` and `home`" in problem.message
    assert "icons.yaml:3:1" in problem.remedy


@pytest.mark.parametrize("paths", [("dist", "dist/a.png"), ("Dist/a.png", "dist")])
def test_a_file_is_no_folder(paths: tuple[str, str]) -> None:
    ((code, line, message),) = refused(*paths)
    assert (code, line) == ("M016", paths.index(min(paths, key=len)) + 1)
    assert "is also a folder of other outputs" in message


def test_all_are_told_at_once() -> None:
    assert [code for code, _, _ in refused("../a", "b", "b", "c", "c/d")] == ["M017", "M016", "M016"]
