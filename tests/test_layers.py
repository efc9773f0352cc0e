"""The floors of the house: import-linter finds them kept, and finds every violation that is planted."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]
LINT = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()", "--no-cache"]


def linted(folder: Path) -> tuple[int, str]:
    """What import-linter says about the package in `folder`."""
    done = subprocess.run(
        LINT,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONIOENCODING": "utf-8", "COLUMNS": "300"},
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The package and its rules, to be spoilt."""
    shutil.copytree(REPOSITORY / "iconbuild", tmp_path / "iconbuild", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(REPOSITORY / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_floors_are_kept() -> None:
    code, said = linted(REPOSITORY)
    assert code == 0, said


VIOLATIONS = [
    ("planner/order.py", "import yaml", "Purity"),
    ("planner/order.py", "import os", "Purity"),
    ("model/money.py", "import time", "Purity"),
    ("executor/schedule.py", "import threading", "Purity"),
    ("model/money.py", "from iconbuild.planner import order", "Floors"),
    ("planner/order.py", "from iconbuild.store import places", "Floors"),
    ("store/places.py", "from iconbuild.report import inert", "Floors"),
    ("report/inert.py", "from iconbuild import toolbox", "Floors"),
    ("errors.py", "from iconbuild.model import money", "Floors"),
    ("providers/iconly/provider.py", "import iconbuild.providers.local.looks", "Providers do not know one another"),
    ("steps/crop.py", "from iconbuild.steps import smooth", "Single steps do not know one another"),
    ("outputs/files.py", "from iconbuild.outputs import html", "Single outputs do not know one another"),
    ("store/cache.py", "import jsonschema", "yaml and jsonschema live in the loader"),
    ("loader/load.py", "import numpy", "Pillow and numpy live where pixels are"),
    ("steps/crop.py", "import resvg_py", "the SVG renderer lives in pictures"),
    ("providers/iconly/provider.py", "import requests", "One door to the network"),
]


@pytest.mark.parametrize(
    ("file", "line", "contract"), VIOLATIONS, ids=[f"{file}-{line}" for file, line, _ in VIOLATIONS]
)
def test_a_planted_violation_is_found(copied: Path, file: str, line: str, contract: str) -> None:
    with (copied / "iconbuild" / file).open("a") as spoilt:
        spoilt.write(f"\n{line}\n")
    code, said = linted(copied)
    assert code == 1, said
    broken = [row for row in said.splitlines() if row.rstrip().endswith("BROKEN")]
    assert any(contract in row for row in broken), said


@pytest.mark.parametrize("name", ["utils.py", "helpers/__init__.py"])
def test_a_module_without_a_floor_is_found(copied: Path, name: str) -> None:
    path = copied / "iconbuild" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text('"""Something new."""\n')
    code, said = linted(copied)
    assert code == 1, said
    assert Path(name).parts[0].removesuffix(".py") in said
