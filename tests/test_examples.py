"""The example sets are what their reviewed goldens in `example-sets/*/expected/` say: plan, paths, vectors, pixels."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from iconbuild.build import build, preview
from iconbuild.model.artifact import SVG
from iconbuild.model.session import Options, Preview, Workplace
from iconbuild.pictures.decode import open_picture
from iconbuild.report.progress import Silent
from iconbuild.report.text import plan_text
from iconbuild.toolbox import workplace

SETS = Path(__file__).parents[1] / "example-sets"
NAMES = sorted(folder.name for folder in SETS.iterdir() if (folder / "icons.yaml").exists())
UPDATE = bool(os.environ.get("ICONBUILD_UPDATE_GOLDENS"))
CELL, LEVELS = 48, 2


@pytest.fixture(params=NAMES)
def example(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh copy of one set, with an empty cache; the working folder is its own."""
    monkeypatch.setenv("ICONBUILD_CACHE_DIR", str(tmp_path / "cache"))
    copy = tmp_path / request.param
    shutil.copytree(SETS / request.param, copy, ignore=shutil.ignore_patterns("expected", "dist", "*.lock"))
    monkeypatch.chdir(copy)
    return copy


def test_golden(example: Path) -> None:
    place = workplace()
    seen = preview("icons.yaml", place, Options())
    texts = {
        "plan.txt": plan_text(seen, place.tools.providers["local"], everything=True),
        "outputs.txt": "".join(f"{target.path}\n" for target in seen.plan.targets),
    }
    built = build("icons.yaml", place, Options(jobs=2), Silent(), approve=_agree, tell=_agree)
    assert built.exit_code == 0
    assert sorted(built.emitted.written) == sorted(target.path for target in seen.plan.targets)
    texts |= _vectors(seen, place)
    expected = SETS / example.name / "expected"
    if UPDATE:
        _write(expected, texts, _sheet(seen, place))
    assert {path.name for path in expected.iterdir()} == {*texts, "sheet.png"}
    for name, text in texts.items():
        assert (expected / name).read_text() == text, name
    golden = Image.open(expected / "sheet.png").convert("RGB")
    difference = ImageChops.difference(golden, _sheet(seen, place))
    assert max(high for _, high in difference.getextrema()) <= LEVELS


def _agree(_: object) -> None:
    """Go on."""


def _vectors(seen: Preview, place: Workplace) -> dict[str, str]:
    """The pictures that the engine drew, as the texts they are."""
    texts = {}
    for icon in seen.plan.icons:
        artifact = place.tools.store.lookup(icon.source)
        assert artifact is not None
        if seen.plan.actions[icon.source].pool == "generation":
            ending = "svg" if artifact.media == SVG else "scene.json"
            texts[f"{icon.name}.{ending}"] = place.tools.store.read(artifact).data.decode() + "\n"
    return texts


def _sheet(seen: Preview, place: Workplace) -> Image.Image:
    """All icons in a row on white, rendered at the size of a cell."""
    sheet = Image.new("RGB", (CELL * len(seen.plan.icons), CELL), "white")
    for number, icon in enumerate(seen.plan.icons):
        artifact = place.tools.store.lookup(icon.source)
        assert artifact is not None
        picture = open_picture(place.tools.store.read(artifact), CELL)
        sheet.paste(picture, (number * CELL, 0), picture)
    return sheet


def _write(folder: Path, texts: dict[str, str], sheet: Image.Image) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, text in texts.items():
        (folder / name).write_text(text)
    sheet.save(folder / "sheet.png", optimize=True)
