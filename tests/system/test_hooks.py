"""Real GNU Make, Ninja and CMake run the build through `--stamp` and `--depfile`."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.system.project import TIMEOUT, Project, Run

MANIFEST = """\
defaults: {style: line}
icons:
  home: house
  logo: {from: art/logo.svg}
outputs: dist
"""
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">'
    '<path d="M4 4h16v16H4z" fill="none" stroke="{}"/></svg>'
)
MAKEFILE = """\
{stamp}: {manifest}
	@echo iconbuild-runs
	@$(PYTHON) -m iconbuild build -q $< --stamp {shell} --depfile {shell}.d
-include {depfile}
"""
NINJA = """\
rule icons
  command = {python} -m iconbuild build -q $in --stamp {shell} --depfile {shell}.d
  description = iconbuild-runs
  depfile = $out.d
  {deps}
build {stamp}: icons {manifest}
"""
CMAKE = """\
cmake_minimum_required(VERSION 3.25)
project(icons NONE)
add_custom_command(
  OUTPUT icons.stamp
  COMMAND "{python}" -m iconbuild build -q "${{CMAKE_SOURCE_DIR}}/icons.yaml" --stamp {stamp} --depfile {stamp}.d
  DEPENDS "${{CMAKE_SOURCE_DIR}}/icons.yaml"
  DEPFILE {stamp}.d
  COMMENT iconbuild-runs
  VERBATIM)
add_custom_target(icons ALL DEPENDS icons.stamp)
"""


@dataclass
class Tool:
    """A build tool at work in a project."""

    project: Project
    command: list[str]
    folder: Path
    idle: str

    def run(self) -> Run:
        """Run it once."""
        done = subprocess.run(
            self.command,
            cwd=self.folder,
            env={**self.project.env, "NINJA_STATUS": ""},
            capture_output=True,
            timeout=TIMEOUT,
            check=False,
        )
        return Run(done.returncode, done.stdout.decode(), done.stderr.decode())

    def works(self) -> None:
        """It has to run us, and then has nothing more to do."""
        done = self.run().ok()
        assert "iconbuild-runs" in done.out, done
        self.rests()

    def rests(self) -> None:
        """It finds that all is up to date."""
        done = self.run().ok()
        assert "iconbuild-runs" not in done.out, done
        assert self.idle in done.out, done


def _need(*names: str) -> None:
    for name in names:
        if shutil.which(name) is None:
            pytest.skip(f"{name} is not installed")


def _fill(project: Project) -> None:
    project.write(MANIFEST)
    (project.root / "art").mkdir()
    (project.root / "art/logo.svg").write_text(LOGO.format("#111111"))


def _make_text(path: str) -> str:
    return path.replace("$", "$$").replace("#", "\\#").replace(" ", "\\ ")


def _ninja_text(path: str) -> str:
    return path.replace("$", "$$").replace(" ", "$ ").replace(":", "$:")


def _shell(path: str) -> str:
    return f"'{path}'"


def _make(project: Project, stamp: str, manifest: str = "icons.yaml") -> Tool:
    _need("make")
    _fill(project)
    recipe = _shell(stamp).replace("$", "$$")
    text = MAKEFILE.format(
        stamp=_make_text(stamp), manifest=_make_text(manifest), shell=recipe, depfile=_make_text(stamp + ".d")
    )
    text = text.replace("$<", _shell(manifest).replace("$", "$$"))
    (project.root / "Makefile").write_text(text)
    return Tool(project, ["make", f"PYTHON={project.python}"], project.root, "up to date")


def _ninja(project: Project, stamp: str, manifest: str = "icons.yaml", deps: str = "") -> Tool:
    _need("ninja")
    _fill(project)
    text = NINJA.format(
        python=project.python,
        stamp=_ninja_text(stamp),
        manifest=_ninja_text(manifest),
        shell=_shell(stamp).replace("$", "$$"),
        deps=deps,
    )
    (project.root / "build.ninja").write_text(text)
    return Tool(project, ["ninja"], project.root, "no work to do")


def _ninja_deps(project: Project, stamp: str) -> Tool:
    return _ninja(project, stamp, deps="deps = gcc")


def _cmake(project: Project, stamp: str) -> Tool:
    _need("cmake", "ninja")
    _fill(project)
    spelled = "${CMAKE_BINARY_DIR}/icons.stamp" if os.path.isabs(stamp) else "icons.stamp"
    (project.root / "CMakeLists.txt").write_text(CMAKE.format(python=project.python, stamp=spelled))
    folder = project.root / "out"
    subprocess.run(
        ["cmake", "-G", "Ninja", "-S", str(project.root), "-B", str(folder)],
        env=project.env,
        check=True,
        capture_output=True,
        timeout=TIMEOUT,
    )
    return Tool(project, ["ninja"], folder, "no work to do")


Maker = Callable[[Project, str], Tool]
TOOLS: dict[str, Maker] = {"make": _make, "ninja": _ninja, "ninja deps=gcc": _ninja_deps, "cmake": _cmake}


@pytest.fixture(params=["relative", "absolute"])
def stamp(request: pytest.FixtureRequest, project: Project) -> str:
    """How the target is spelled."""
    return "icons.stamp" if request.param == "relative" else str(project.root / "icons.stamp")


def _later(path: Path) -> None:
    """A time that every tool takes for newer than anything built until now."""
    time.sleep(0.02)
    os.utime(path)


@pytest.mark.parametrize("maker", TOOLS.values(), ids=TOOLS.keys())
def test_a_tool_runs_us_when_something_we_read_has_changed(project: Project, stamp: str, maker: Maker) -> None:
    tool = maker(project, stamp)
    tool.works()
    tree = project.tree()
    assert tree

    _later(project.manifest)
    tool.works()
    assert project.tree() == tree

    time.sleep(0.02)
    project.edit("home: house", "home: bell")
    tool.works()
    second = project.tree()
    assert second != tree

    logo = project.root / "art/logo.svg"
    time.sleep(0.02)
    logo.write_text(LOGO.format("#ee1111"))
    tool.works()
    third = project.tree()
    assert {name for name in third if third[name] != second[name]} == {name for name in third if "logo" in name}

    logo.unlink()
    done = tool.run()
    said = done.out + done.err
    assert done.code != 0
    assert "art/logo.svg" in said
    assert "does not exist" in said
    assert "No rule to make" not in said
    assert "missing and no known rule" not in said

    logo.write_text(LOGO.format("#111111"))
    tool.works()
    assert project.tree() == second


@pytest.mark.parametrize("folder", ["with space", "dollar $HOME", "hash #1", "it costs $5 #2"])
@pytest.mark.parametrize("maker", [_make, _ninja, _ninja_deps], ids=["make", "ninja", "ninja deps=gcc"])
def test_paths_that_tools_find_hard(project: Project, maker: Maker, folder: str) -> None:
    odd = project.sibling(f"x/{folder}")
    tool = maker(odd, f"my {folder}.stamp")
    tool.works()
    time.sleep(0.02)
    (odd.root / "art/logo.svg").write_text(LOGO.format("#ee1111"))
    tool.works()
    (odd.root / "art/logo.svg").unlink()
    done = tool.run()
    assert "does not exist" in done.out + done.err


def test_a_failed_build_leaves_no_stamp(project: Project) -> None:
    tool = _make(project, "icons.stamp")
    project.edit("home: house", "home: xqzjvw")
    assert tool.run().code != 0
    assert not (project.root / "icons.stamp").exists()
    project.edit("home: xqzjvw", "home: house")
    tool.works()


def test_an_output_edited_by_hand_fails_the_tool_until_it_is_settled(project: Project) -> None:
    tool = _make(project, "icons.stamp")
    tool.works()
    output = next((project.root / "dist").rglob("home*"))
    output.write_bytes(b"by hand")
    _later(project.manifest)
    for _ in range(2):
        assert tool.run().code != 0
    project.run("build", "--force").ok()
    tool.works()
