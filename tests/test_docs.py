"""What README and DESIGN show is there: pictures, small and one for each look; the rooms and floors of the house."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from PIL import Image

from iconbuild.providers.local.looks.registry import LOOKS

ROOT = Path(__file__).parents[1]
LARGEST = 300_000


def test_there_is_a_sheet_for_every_look() -> None:
    assert {path.stem for path in (ROOT / "docs" / "styles").glob("*.png")} == set(LOOKS)


def test_pictures_are_small_enough_for_a_repository() -> None:
    sizes = {path.name: path.stat().st_size for path in (ROOT / "docs").rglob("*.png")}
    assert max(sizes.values()) < LARGEST, sizes


def test_the_readme_shows_what_is_there() -> None:
    named = re.findall(r"!\[[^\]]+\]\((docs/[^)]+)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert "docs/styles.png" in named
    for name in named:
        with Image.open(ROOT / name) as picture:
            picture.verify()


def _drawn() -> list[str]:
    """The first two drawings of DESIGN: the house, and who may import whom."""
    return re.findall(r"```\n(.*?)```", (ROOT / "DESIGN.md").read_text(encoding="utf-8"), re.DOTALL)[:2]


def test_the_house_has_every_room() -> None:
    house = set(re.findall(r"(?m)^  ([a-z]+(?:/|\.py)) ", _drawn()[0]))
    rooms = {f"{path.name}/" for path in (ROOT / "iconbuild").iterdir() if (path / "__init__.py").exists()}
    files = {path.name for path in (ROOT / "iconbuild").glob("[!_]*.py")}
    assert house == rooms | files


def test_the_floors_are_those_that_are_enforced() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        floors = next(
            each for each in tomllib.load(file)["tool"]["importlinter"]["contracts"] if each["type"] == "layers"
        )
    assert _drawn()[1].splitlines() == floors["layers"]
