"""The null build is answered from a snapshot, and only where a full build would have nothing to do or to say."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.system.project import OUTPUTS, Project, Run

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="{}" height="8"/></svg>'
UP_TO_DATE = "set: 3 icons, 3 files up to date\n"


def build(project: Project, *arguments: str, **environment: str) -> Run:
    """The real program, whose providers are the built-in ones: only that takes snapshots."""
    return project.run("build", *arguments, module="iconbuild", env=environment)


@pytest.fixture
def built(project: Project) -> Project:
    """Three icons, one of them artwork of one's own, and a snapshot of their build."""
    (project.root / "logo.svg").write_text(LOGO.format(4))
    os.utime(project.root / "logo.svg", (1_700_000_000, 1_700_000_000))
    project.write(f"name: set\nicons:\n  logo: {{from: logo.svg}}\n  home: house\n  dog: dog\n{OUTPUTS}")
    build(project).ok()
    assert build(project).ok().out == UP_TO_DATE
    assert list((project.cache / "snapshots").iterdir())
    return project


def test_it_loads_nothing(built: Project) -> None:
    program = (
        "import sys; from iconbuild.cli import main; code = main(['build']);"
        "print(code, sorted({'yaml', 'argparse', 'json', 'PIL', 'hashlib', 're'} & set(sys.modules)), file=sys.stderr)"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=built.root, env=built.env, capture_output=True, check=True
    )
    done = Run(run.returncode, run.stdout.decode(), run.stderr.decode())
    assert done.out == UP_TO_DATE
    assert done.err.strip().startswith("0 []")


def _edit_logo(project: Project) -> None:
    (project.root / "logo.svg").write_text(LOGO.format(6))


DOUBTS: dict[str, tuple[Callable[[Project], object], int, str]] = {
    "an output deleted": (lambda project: (project.root / "dist/dog-24.png").unlink(), 0, "1 file written"),
    "an output edited": (lambda project: (project.root / "dist/dog-24.png").write_bytes(b"mine"), 1, "kept"),
    "a subject edited": (lambda project: project.edit("home: house", "home: cat"), 0, "1 generated"),
    "artwork edited": (_edit_logo, 0, "1 file written"),
    "a theme added": (lambda project: project.edit("icons:", "themes: {night: []}\nicons:"), 0, "3 files written"),
    "the manifest broken": (lambda project: project.edit("icons:", "icns:"), 2, ""),
    "a rival manifest": (lambda project: (project.root / "iconbuild.yaml").write_text("icons: {a: b}"), 2, ""),
    "the lock deleted": (lambda project: (project.root / "icons.lock").unlink(), 0, "up to date"),
}


@pytest.mark.parametrize(("doubt", "code", "said"), DOUBTS.values(), ids=DOUBTS.keys())
def test_any_doubt_takes_the_long_way(built: Project, doubt: Callable[[Project], object], code: int, said: str) -> None:
    doubt(built)
    done = build(built)
    assert done.code == code, done
    assert said in done.out
    assert (built.root / "icons.lock").exists()


def test_other_options_and_environments_are_other_builds(built: Project) -> None:
    assert build(built, "--format", "json").ok().json["result"]["unchanged"] == 3
    assert "3 files would change" in build(built, "--check", "--out-dir", "other").out
    assert build(built, ICONBUILD_OUT_DIR="elsewhere").ok().out.startswith("set: 3 icons, 3 files written")
